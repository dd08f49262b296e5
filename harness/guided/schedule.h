// What a worker does next: answer its engine, compile a program that is drawn anew, or compile one that has shown
// something new in another way. And in which configuration. All of it goes by what came of it of late: new features for
// CPU time. While much is new, drawing is hard to beat, because all of such a program is new; later, most that is new
// is found near what was rare; no fixed share is right for a minute and for a night.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <vector>

#include "generator/swarm.h"
#include "harness/guided/woven.h"

namespace objhound::harness {

// What compilations have brought: new features, for their CPU seconds. Old ones fade.
class Yield {
 public:
  explicit Yield(double memory) : fading_(1 - 1 / memory) {}  // `memory`: compilations
  void add(size_t fresh, double cpu_seconds);
  double rate() const { return features_ / seconds_; }

 private:
  double fading_, features_ = 1, seconds_ = 1e-3;  // nothing is known yet: promising
};

// A program that has shown something new, and the configurations that are left for it.
struct Replay {
  Woven program;
  std::vector<size_t> configurations;
  double promise = 0;  // new features that another configuration may show
};

enum class Work : uint8_t { Search, Draw, Replay };
inline constexpr size_t kWorks = 3;

// For all threads.
class Schedule {
 public:
  Schedule(size_t configurations, uint64_t seed);

  // What has the best yield, seven times of eight; else one of all, or its yield would never be known to have changed.
  // Replay only if there is one.
  Work next();
  // Without configurations it is dropped.
  void add_replay(Replay replay);
  // That with the most promise; the caller takes configurations from it and gives it back with add_replay(). Nothing if
  // others have taken the last.
  std::optional<Replay> take_replay();
  // Takes that with the best yield out of them; there is at least one.
  size_t take_best(std::vector<size_t>& configurations) const;
  // A configuration, drawn in proportion to the yields.
  size_t draw_configuration();
  // A seed for anything that is drawn.
  uint64_t draw_seed();

  void done(Work work, size_t configuration, size_t fresh, double cpu_seconds);
  uint64_t count(Work work) const;

 private:
  mutable std::mutex mutex_;
  generator::Draw draw_;
  std::multimap<double, Replay> waiting_;  // by promise
  std::vector<Yield> works_, configurations_;
  uint64_t counts_[kWorks] = {};
};

}  // namespace objhound::harness
