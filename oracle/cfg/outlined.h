// LLVM's machine outliner replaces repeated instruction sequences by calls of, or jumps to, small local functions.
// Such a helper has no convention: it is a piece of its caller's body, epilogues included, and is only understood in
// the place it was taken from.
#pragma once

#include <string_view>

namespace objhound::oracle {

// Whether a local function of this name is an outlined helper. The name is all there is to tell them by: it is given
// in MachineOutliner::createOutlinedFunction of llvm/lib/CodeGen/MachineOutliner.cpp, "OUTLINED_FUNCTION_" with a
// number, after the number of the outlining round and an underscore in every round but the first.
bool is_outlined_helper(std::string_view name);

}  // namespace objhound::oracle
