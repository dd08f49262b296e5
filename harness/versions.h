// Other versions of the compilers that are configured: "gcc-11" beside "gcc-12", in the same folders of PATH.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "harness/config.h"

namespace objhound::harness {

// For each configured compiler that is called by a name with a version, those of the same name with another version
// that `search_path` (as $PATH) has and that the configuration's catalogue of flags was written for; none twice, and
// none that is configured itself for the same architecture. Named after the configured one; without levels and flag
// sets.
std::vector<CompilerConfig> other_versions(const Config& config, std::string_view search_path);

}  // namespace objhound::harness
