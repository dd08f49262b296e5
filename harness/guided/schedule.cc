#include "harness/guided/schedule.h"

#include <algorithm>
#include <utility>

namespace objhound::harness {
namespace {

// A program's decisions are some kilobytes; those with the least promise are dropped beyond that many.
constexpr size_t kMaxWaiting = 20'000;
constexpr double kMemoryOfWorks = 500, kMemoryOfConfigurations = 50;

}  // namespace

void Yield::add(size_t fresh, double cpu_seconds) {
  features_ = fading_ * features_ + static_cast<double>(fresh);
  seconds_ = fading_ * seconds_ + cpu_seconds;
}

Schedule::Schedule(size_t configurations, uint64_t seed)
    : draw_(seed),
      works_(kWorks, Yield(kMemoryOfWorks)),
      configurations_(configurations, Yield(kMemoryOfConfigurations)) {}

Work Schedule::next() {
  std::lock_guard lock(mutex_);
  const size_t choices = waiting_.empty() ? kWorks - 1 : kWorks;  // Replay is the last
  if (draw_.between(0, 7) == 0) return static_cast<Work>(draw_.between(0, choices - 1));
  const auto best = std::max_element(works_.begin(), works_.begin() + static_cast<ptrdiff_t>(choices),
                                     [](const Yield& a, const Yield& b) { return a.rate() < b.rate(); });
  return static_cast<Work>(best - works_.begin());
}

void Schedule::add_replay(Replay replay) {
  if (replay.configurations.empty()) return;
  std::lock_guard lock(mutex_);
  waiting_.emplace(replay.promise, std::move(replay));
  if (waiting_.size() > kMaxWaiting) waiting_.erase(waiting_.begin());
}

std::optional<Replay> Schedule::take_replay() {
  std::lock_guard lock(mutex_);
  if (waiting_.empty()) return {};
  auto most = waiting_.extract(std::prev(waiting_.end()));
  return std::move(most.mapped());
}

size_t Schedule::take_best(std::vector<size_t>& configurations) const {
  std::lock_guard lock(mutex_);
  const auto best = std::ranges::max_element(
      configurations, [&](size_t a, size_t b) { return configurations_[a].rate() < configurations_[b].rate(); });
  const size_t taken = *best;
  configurations.erase(best);
  return taken;
}

size_t Schedule::draw_configuration() {
  std::lock_guard lock(mutex_);
  double all = 0;
  for (const Yield& yield : configurations_) all += yield.rate();
  double rest = all * static_cast<double>(draw_.next() >> 11) * 0x1p-53;
  for (size_t i = 0; i + 1 < configurations_.size(); ++i)
    if ((rest -= configurations_[i].rate()) < 0) return i;
  return configurations_.size() - 1;
}

uint64_t Schedule::draw_seed() {
  std::lock_guard lock(mutex_);
  return draw_.next();
}

void Schedule::done(Work work, size_t configuration, size_t fresh, double cpu_seconds) {
  std::lock_guard lock(mutex_);
  works_[static_cast<size_t>(work)].add(fresh, cpu_seconds);
  configurations_.at(configuration).add(fresh, cpu_seconds);
  ++counts_[static_cast<size_t>(work)];
}

uint64_t Schedule::count(Work work) const {
  std::lock_guard lock(mutex_);
  return counts_[static_cast<size_t>(work)];
}

}  // namespace objhound::harness
