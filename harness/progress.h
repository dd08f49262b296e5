// What a running campaign tells its user.
#pragma once

#include <cstdio>
#include <string>

#include "harness/campaign.h"

namespace objhound::harness {

// "1m23s · 12.3 objects/s · 1024/4800 · 2 findings · 31 unproved · 4m10s left"
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
