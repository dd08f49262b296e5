// What an object does not say about the functions that it calls: whether they return, and whether they throw. Compilers
// lay out code by declarations that leave no trace. Where the code only makes sense under an assumption about a callee,
// the function is neither proved nor violating: it is unproved, and the assumption is named.
#pragma once

#include <cstdint>
#include <vector>

#include "oracle/checks/family.h"

namespace objhound::oracle {

// Calls (by block) of functions that nothing is known of, whose return would contradict what is known of the place that
// they return to. That place is reached from elsewhere, too; there the state fits, and after the call SP is another, or
// the declared row recovers something else. So either the call never returns or the compiler is wrong.
// `options`: the assumptions that are made already.
std::vector<uint32_t> calls_that_cannot_return(const FamilyContext& context, const FrameOptions& options);

// The first call (by block) in the middle of a call site that leads to a landing pad; kNoIndex if there is none.
uint32_t call_that_may_not_throw(const Cfg& cfg);

}  // namespace objhound::oracle
