#include "harness/guided/replays.h"

#include <utility>

namespace objhound::harness {
namespace {

// A program's text is some kilobytes; those with the least new are dropped beyond that many.
constexpr size_t kMaxWaiting = 20'000;
// What a yield remembers: some five hundred compilations.
constexpr double kFading = 0.998;

}  // namespace

void Yield::add(size_t fresh, double cpu_seconds) {
  features = kFading * features + static_cast<double>(fresh);
  seconds = kFading * seconds + cpu_seconds;
}

void Replays::add(std::shared_ptr<ProgramRow> program, std::string text, std::vector<size_t> configurations,
                  size_t fresh) {
  if (configurations.empty()) return;
  std::lock_guard lock(mutex_);
  waiting_.insert({std::move(program), std::move(text), std::move(configurations), fresh, added_++});
  if (waiting_.size() > kMaxWaiting) waiting_.erase(std::prev(waiting_.end()));
}

std::optional<Replay> Replays::next() {
  std::lock_guard lock(mutex_);
  if (waiting_.empty()) return {};
  const bool better = replay_.rate() > search_.rate();
  if (better == (draw_.between(0, 7) == 0)) return {};
  auto first = waiting_.extract(waiting_.begin());
  Waiting& program = first.value();
  Replay replay{program.program, program.text, program.configurations.back()};
  program.configurations.pop_back();
  if (!program.configurations.empty()) waiting_.insert(std::move(first));
  return replay;
}

void Replays::replayed(size_t fresh, double cpu_seconds) {
  std::lock_guard lock(mutex_);
  replay_.add(fresh, cpu_seconds);
}

void Replays::searched(size_t fresh, double cpu_seconds) {
  std::lock_guard lock(mutex_);
  search_.add(fresh, cpu_seconds);
}

}  // namespace objhound::harness
