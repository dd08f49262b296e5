// From judged families to a plan for the witness, and from what it saw back to findings and a report.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "oracle/oracle.h"
#include "oracle/witness/witness.h"

namespace objhound::oracle {

class Rehearsal {
 public:
  explicit Rehearsal(const Arch& arch) : plan_(arch) {}

  // As Plan::add. The family's number.
  uint32_t add(const FamilyContext& context, const FamilyResult& result, const witness::Placement& placement) {
    return plan_.add(context, result, placement);
  }
  // `executable`: the same bytes, parsed; for what stands at the program's end.
  RunReport perform(const NamedBytes& program, const ObjectFile& executable, Decoder& decoder,
                    const RunOptions& options);
  // After perform(): what was seen of the findings, which were made of `drafts` one by one, and the declared rows that
  // were wrong though no finding says so.
  void mark(uint32_t family, std::span<const Draft> drafts, std::span<Finding> findings, RunReport& report) const;

 private:
  void add_coverage(RunReport& report) const;

  witness::Plan plan_;
};

}  // namespace objhound::oracle
