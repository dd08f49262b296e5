// What people see of a family: instructions as text, the state before each, the row declared for it.
#pragma once

#include <string>
#include <vector>

#include "oracle/checks/family.h"

namespace objhound::oracle {

// "    1a: popq %rbx", with the names that relocations put into it; offsets from the start of the function (fragment).
std::string line_of(const FamilyContext& context, uint32_t insn);
// The same for a place that is no instruction of the family.
std::string line_at(const FamilyContext& context, Place place);
// The declared row, "(no row)", or empty where none can be.
std::string row_text(const FamilyContext& context, uint32_t insn);
// The states before each instruction of one block, from its entry in the fixpoint; empty if nothing reaches it.
std::vector<State> states_of(const FamilyContext& context, const Frame& frame, uint32_t block);

// Instruction by instruction: offset, text, computed state, declared row; findings below their instruction.
std::string explain_family(const FamilyContext& context, const FamilyResult& result);

}  // namespace objhound::oracle
