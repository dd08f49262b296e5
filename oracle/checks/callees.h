// What an object does not say about the functions that it calls: whether they return, and whether they throw. Compilers
// lay out code by declarations that leave no trace. Where the code only makes sense under an assumption about a callee,
// the function is neither proved nor violating: it is unproved, and the assumption is named.
#pragma once

#include <cstdint>
#include <vector>

#include "oracle/checks/family.h"

namespace objhound::oracle {

// What must speak for a call's never returning: the place behind it is reached from elsewhere, too (code that only the
// call leads to would be dead), and
enum class Witness : uint8_t {
  Row,        // there the state fits, and after the call SP is another, or the declared row recovers something else: so
              // either the call never returns or the compiler is wrong
  OtherPath,  // nothing more
};

// The largest set of calls (by block) of functions that nothing is known of for which that witness is there, if none
// of them returns. `options`: the assumptions that are made already.
std::vector<uint32_t> calls_that_cannot_return(const FamilyContext& context, const FrameOptions& options,
                                               Witness wanted);

// The first call (by block) in the middle of a call site that leads to a landing pad; kNoIndex if there is none.
uint32_t call_that_may_not_throw(const Cfg& cfg);

}  // namespace objhound::oracle
