// A draft becomes a finding: named after its function, with the disassembly around it, the path that leads to it and
// a fingerprint that stays the same when names, addresses and seeds change.
#pragma once

#include "oracle/checks/family.h"
#include "oracle/report.h"

namespace objhound::oracle {

// `draft` is one of the result's. `brief`: without path, evidence and cause, for one of many: each costs a walk through
// the function.
Finding dress(const FamilyContext& context, const FamilyResult& result, const Draft& draft, bool brief);

}  // namespace objhound::oracle
