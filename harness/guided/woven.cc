#include "harness/guided/woven.h"

#include <utility>

#include "generator/weave/weave.h"
#include "harness/hash.h"

namespace objhound::harness {

namespace weave = generator::weave;

Woven::Woven(weave::Part decisions, const std::string& version) : decisions_(std::move(decisions)), version_(version) {}

std::string Woven::text() const {
  weave::Decisions decisions(decisions_);
  return weave::program_of(decisions);
}

std::shared_ptr<ProgramRow> Woven::row(bool telling) {
  std::shared_ptr<ProgramRow>& row = rows_[telling];
  if (row) return row;
  weave::Decisions decisions(decisions_);
  row = std::make_shared<ProgramRow>();
  row->record.generator = kGuidedGenerator;
  row->record.generator_version = version_;
  row->record.bytes = weave::program_of(decisions).size();
  row->record.seed = fnv1a(weave::to_bytes(decisions.taken()));
  if (telling) row->record.options = weave::options_of(decisions);
  return row;
}

}  // namespace objhound::harness
