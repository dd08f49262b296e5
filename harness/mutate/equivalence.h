// Mutants that break nothing are recognised and not counted. Each argument below stands on its own: none asks the
// oracle's interpreter or checks what they say of the mutant, because then a blind spot of the oracle would excuse
// itself. An argument that is wrong shows: a mutant that is both excused and found violating is reported as a
// contradiction.
//
//   same-object       the assembler makes the very same bytes
//   unreachable       every changed instruction is one that control cannot reach in the original
//   same-rows         the code is the same, and so is the resolved unwind row at every reachable instruction (only at
//                     calls where the tables promise no more)
//   rows-also-right   the code is the same, and where rows differ, the mutant's names a place that holds the same
//   value:
//                     a register that no instruction on any path has written yet, a slot that was stored and not
//                     given up, another register that holds the same stack address (held.h)
//   value-unchanged   the restore that is missing or wrong would load what the register holds anyway; or SP would be
//                     given the value that it has
//   falls-into-same   behind the missing return stands code of the same function, whose row is right in the state of
//                     the return too: the program computes something else, its frames are sound
//   becomes-tail-call the label of the missing return now is the next function's entry, and only jumps lead there: with
//                     the state of a return they are tail calls
//   never-observed    the tables promise something at calls alone, and from the changed instruction on control comes to
//                     no call and to no way out
//   deeper-frame      SP moved further down, and until it is set anew from the frame pointer no row, no restore and no
//                     way out of the function depends on it
#pragma once

#include <string_view>

#include "harness/mutate/operators.h"

namespace objhound::harness::mutation {

// The argument's name, or nothing if the mutant counts. `object` is the mutant's.
std::string_view why_equivalent(const Subject& subject, const Mutant& mutant, const std::string& object);

// The names above, for the report.
std::span<const std::string_view> all_arguments();

}  // namespace objhound::harness::mutation
