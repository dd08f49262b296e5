// A program of the search, as the database knows it. Its decisions are kilobytes, and a night sees millions of them:
// only those are stored with their decisions of which there is something to tell. What merely showed something new
// stands in the corpus.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "generator/weave/decisions.h"
#include "harness/recorder.h"

namespace objhound::harness {

inline constexpr const char* kGuidedGenerator = "guided";  // as the database calls it

class Woven {
 public:
  // `version`: of weave, the generator.
  Woven(generator::weave::Part decisions, const std::string& version);
  // Made anew each time: it is ten times as long as the decisions.
  std::string text() const;
  // The row for a compilation. Its number is a hash of the decisions.
  std::shared_ptr<ProgramRow> row(bool telling);

 private:
  generator::weave::Part decisions_;
  std::string version_;
  std::shared_ptr<ProgramRow> rows_[2];  // without and with decisions
};

}  // namespace objhound::harness
