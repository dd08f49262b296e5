// The whole stage on a view of a file: what build_cfgs() of cfg.h does, for those who have no ObjectFile.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "oracle/cfg/cfg.h"
#include "oracle/cfg/code_view.h"

namespace objhound::oracle {

// The views differ in their sources alone; one for each worker.
std::vector<FamilyFacts> build_cfgs(std::span<const CodeView> views,
                                    std::span<const std::string> noreturn_by_debug_information,
                                    const CfgOptions& options, const FamilyVisitor& visit);
std::vector<Cfg> build_cfgs(const CodeView& view, std::span<const std::string> noreturn_by_debug_information,
                            const CfgOptions& options);

}  // namespace objhound::oracle
