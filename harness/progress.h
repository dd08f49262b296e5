// What a running campaign tells its user.
#pragma once

#include <cstdio>
#include <string>

#include "harness/campaign.h"

namespace objhound::harness {

// "1m23s, 4m10s left | 1024/4800 objects, 12.3/s | 2 violations, 1 new | 31/20480 unproved | 1 crashed"; `new` counts
// fingerprints, unproved is out of all functions.
std::string progress_text(const Progress& progress);

// On a terminal one line that is rewritten; otherwise a line every ten seconds, for logs.
class ProgressLine {
 public:
  explicit ProgressLine(std::FILE* out);
  void show(const Progress& progress);
  void clear();

 private:
  std::FILE* out_;
  bool terminal_;
  double shown_at_ = 0;
  size_t width_ = 0;  // of what stands there now
};

}  // namespace objhound::harness
