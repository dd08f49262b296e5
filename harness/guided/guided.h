// A campaign that is guided by what the objects look like: libFuzzer searches the space of decision strings for
// programs whose objects have features (oracle/features.h) that no object of this compiler at this level had before.
//
// Each worker has an engine (engine.h), which proposes inputs, a compiler of its own (compile_server.h) and an oracle.
// An input is compiled in one way, which is part of it. If that shows anything new, the program is kept, and replayed
// over the rest of the matrix. Whether a worker answers its engine, replays, or draws a program anew hangs on what of
// it has brought most (schedule.h). What is found goes into the database as in any campaign, and stops nothing.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "harness/campaign.h"
#include "harness/guided/woven.h"

namespace objhound::harness {

struct GuidedPlan {
  uint64_t seed = 1;                  // of the search's draws; what comes of it also hangs on the machine's timing
  std::optional<double> seconds;      // wall time; none: until it is stopped
  std::optional<double> cpu_seconds;  // as CampaignPlan's
  unsigned jobs = 1;
  size_t fixed = 0;    // so many of the configurations are the matrix's own; those behind are other ones every night
  std::string corpus;  // directory, kept from night to night
  bool by_drivers = false;  // call the compilers' drivers, without servers
};

struct GuidedStatistics {
  uint64_t searched = 0;  // inputs of libFuzzer's that were compiled and checked
  uint64_t drawn = 0;     // programs drawn anew
  uint64_t replayed = 0;  // compilations of programs that had shown something new in other configurations
  uint64_t features = 0;  // of a compiler and a level each
  uint64_t kept = 0;      // inputs
  uint64_t dropped = 0;   // inputs of earlier nights that show nothing any more that others do not
  // CPU seconds of all processes and threads:
  double compilers = 0;  // their own processes
  double servers = 0;    // what it costs to start those (compile_server.h)
  double checks = 0;
  double engines = 0;
  double rest = 0;
};
// "guided: 1234 executions, 12.3 a second on each of 4 cores; ..."; a few lines.
std::string to_text(const GuidedStatistics& statistics, double seconds, unsigned jobs);

class Guided {
 public:
  Guided(const Config& config, const Matrix& matrix, results::Store& store, ProcessRunner& runner, WorkDir& work);
  ~Guided();

  // As Campaign::run().
  CampaignEnd run(const GuidedPlan& plan, const std::function<void(const Progress&)>& tick);
  // As Campaign::stop().
  void stop();
  const GuidedStatistics& statistics() const;  // once run() has returned

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace objhound::harness
