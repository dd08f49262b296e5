// What a program is worth in a configuration: it is compiled and checked, and its features are compared with all that
// were seen before.
#pragma once

#include <string>

#include "harness/campaign.h"
#include "harness/guided/compile_server.h"
#include "harness/guided/feature_ids.h"

namespace objhound::harness {

struct Shown {
  FeatureIds::Noted features;  // none without an object
  double check_seconds = 0;    // CPU time, this thread's
  double cpu_seconds = 0;      // the same and the compiler's
  bool stopped = false;        // by us: there is no outcome
};

// For one worker; not for several threads at once.
class Examiner {
 public:
  // `matrix` and `ids` are looked at as long as it lives.
  Examiner(const Matrix& matrix, FeatureIds& ids, QuickCompiler compiler, CheckObject check)
      : matrix_(matrix), ids_(ids), compiler_(std::move(compiler)), check_(std::move(check)) {}

  // The text of a C program. What is to be stored goes into the record.
  Shown examine(const std::string& text, size_t configuration, results::CompilationRecord& record);
  QuickCompiler& compiler() { return compiler_; }

 private:
  const Matrix& matrix_;
  FeatureIds& ids_;
  QuickCompiler compiler_;
  CheckObject check_;
};

}  // namespace objhound::harness
