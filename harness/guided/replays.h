// Programs that showed something new, and are to be compiled in all the other ways; and the weighing of that against
// searching on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "generator/swarm.h"
#include "harness/recorder.h"

namespace objhound::harness {

struct Replay {
  std::shared_ptr<ProgramRow> program;
  std::string text;
  size_t configuration = 0;
};

// What a compilation has brought: new features, for its CPU seconds.
struct Yield {
  double features = 1, seconds = 1e-3;  // both fade
  void add(size_t fresh, double cpu_seconds);
  double rate() const { return features / seconds; }
};

// For all threads.
class Replays {
 public:
  explicit Replays(uint64_t seed) : draw_(seed) {}

  // `configurations`: those that are left. `fresh`: how much new it has shown; programs with more come first.
  void add(std::shared_ptr<ProgramRow> program, std::string text, std::vector<size_t> configurations, size_t fresh);
  // What to compile now; nothing if it is the search's turn. One time in eight the worse of the two has its chance, or
  // its rate would never be known to have changed.
  std::optional<Replay> next();
  void replayed(size_t fresh, double cpu_seconds);
  void searched(size_t fresh, double cpu_seconds);

 private:
  struct Waiting {
    std::shared_ptr<ProgramRow> program;
    std::string text;
    std::vector<size_t> configurations;
    size_t fresh;
    uint64_t number;
    bool operator<(const Waiting& other) const {
      return fresh != other.fresh ? fresh > other.fresh : number < other.number;
    }
  };

  std::mutex mutex_;
  generator::Draw draw_;
  std::set<Waiting> waiting_;
  uint64_t added_ = 0;
  Yield search_, replay_;
};

}  // namespace objhound::harness
