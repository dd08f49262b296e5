// A limit of CPU time for a campaign: what this process uses and all that it has started, those included that are still
// running (compilers that wait for work), so that campaigns of any kind can be held against each other.
#pragma once

#include <chrono>
#include <optional>

namespace objhound::harness {

// User and system seconds of this process, of its living descendants, and of all that these have waited for.
double cpu_seconds_of_all();

class CpuBudget {
 public:
  // From now on; no limit if there are no seconds.
  explicit CpuBudget(std::optional<double> seconds);
  // Cheap: looks about once a second.
  bool used_up();

 private:
  std::optional<double> seconds_;
  double before_ = 0;
  bool used_up_ = false;
  std::chrono::steady_clock::time_point looked_;
};

}  // namespace objhound::harness
