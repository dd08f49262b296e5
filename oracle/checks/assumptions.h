// What an object does not say: whether the functions that it calls return, whether they throw, and where the program
// promised that control never gets to (__builtin_unreachable). Compilers lay out code by declarations and promises that
// leave no trace. Where the code only makes sense under an assumption of that kind, the function is neither proved nor
// violating: it is unproved, and the assumption is named.
#pragma once

#include <cstdint>
#include <vector>

#include "oracle/checks/family.h"

namespace objhound::oracle {

// What must speak for it that control does not go on behind an instruction: the place behind it is reached from
// elsewhere, too (code that only this way leads to would be dead), and
enum class Witness : uint8_t {
  Row,        // there the state fits, and behind the instruction SP is another, or the declared row recovers something
              // else: so either control does not get there or the compiler is wrong
  OtherPath,  // nothing more
};

// The largest set of blocks for which that witness is there, if control goes on behind none of them. They end in calls
// that may not return or, for Witness::Row, in code marked unreachable of which something is left: what counts how
// often control gets there (GCC's --coverage), or a volatile access. That is a store, not to the stack, with all that
// it needs and nothing more: the block falls into what follows, but prepares nothing for it. `options`: the assumptions
// that are made already.
std::vector<uint32_t> ends_of_control(const FamilyContext& context, const FrameOptions& options, Witness wanted);

// The first call (by block) in the middle of a call site that leads to a landing pad; kNoIndex if there is none.
uint32_t call_that_may_not_throw(const Cfg& cfg);

}  // namespace objhound::oracle
