// The whole stage on a view of a file: what build_cfgs() of cfg.h does, for those who have no ObjectFile.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "oracle/cfg/cfg.h"
#include "oracle/cfg/code_view.h"

namespace objhound::oracle {

std::vector<Cfg> build_cfgs(const CodeView& view, std::span<const std::string> noreturn_by_debug_information,
                            const CfgOptions& options);

}  // namespace objhound::oracle
