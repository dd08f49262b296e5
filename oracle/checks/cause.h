// The cause of a finding, as far as the bytes show it: what a fingerprint is made of.
//
// Not the place where a rule is found broken is the same each time a defect shows itself, but the step that broke it.
// So the path that leads there is followed once more, and the rule's question asked at each instruction: the last step
// from a right answer to a wrong one is the cause. It is said in words that names, addresses, sizes and neighbouring
// instructions do not enter: which of state and row changed, by what kind of operation and in which direction, which
// roles the registers have, what the frame's CFA is computed from at all, and how it ends.
#pragma once

#include <string>

#include "oracle/checks/family.h"
#include "oracle/checks/path.h"

namespace objhound::oracle {

// "cfa, frame of sp: sp lowered by a store, the row (sp) stays; until its row comes". `path` is the one that leads to
// the draft (path_to), `frame` the fixpoint that it was made from.
std::string cause_of(const FamilyContext& context, const Frame& frame, const Path& path, const Draft& draft);

}  // namespace objhound::oracle
