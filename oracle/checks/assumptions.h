// What an object does not say: whether the functions that it calls return, whether they throw, and where the program
// promised that control never gets to (__builtin_unreachable). Compilers lay out code by declarations and promises that
// leave no trace. Where the code only makes sense under an assumption of that kind, the function is neither proved nor
// violating: it is unproved, and the assumption is named.
#pragma once

#include <cstdint>

#include "oracle/checks/family.h"

namespace objhound::oracle {

// What must speak for it that control does not go on behind an instruction: the place behind it is reached from
// elsewhere, too (code that only this way leads to would be dead), and
enum class Witness : uint8_t {
  Row,        // there the state fits, and behind the instruction SP is another, or the declared row recovers something
              // else: so either control does not get there or the compiler is wrong
  OtherPath,  // nothing more
};

// `options`, the assumptions that are made already, and with them the largest set of places behind which control may be
// taken not to go on (FrameOptions::cut_ends, cut_defaults) that have that witness all together. They are calls that
// may not return or, for Witness::Row, code marked unreachable of which something is left:
// - what counts how often control gets there (GCC's --coverage), or a volatile access. That is a store, not to the
//   stack, with all that it needs and nothing more, but saves of registers: the block falls into what follows, and
//   prepares nothing for it;
// - the comparison of an index with the size of its table, if the program promised that it has an entry: where GCC's
//   pattern for such jumps has the comparison in it, it compares all the same, and branches to where the unreachable
//   default has left nothing but saves of registers.
FrameOptions with_ends_of_control(const FamilyContext& context, const FrameOptions& options, Witness wanted);

// The first call (by block) in the middle of a call site that leads to a landing pad; kNoIndex if there is none.
uint32_t call_that_may_not_throw(const Cfg& cfg);

}  // namespace objhound::oracle
