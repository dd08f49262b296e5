// A campaign: seeds to programs, programs through the compile matrix, objects through the oracle, all of it into the
// database, on all cores, until the seeds or the time are used up or somebody stops it.
//
// What a campaign has stored survives anything; what it has not stored it does again. Begun once more with the same
// configuration and database, it goes on where it was.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "generator/generator.h"
#include "harness/config.h"
#include "harness/matrix.h"
#include "harness/process.h"
#include "harness/workdir.h"
#include "results/records.h"
#include "results/store.h"

namespace objhound::harness {

// Judges one object: fills in what the record says about functions and findings. The bytes are valid for the call only.
using CheckObject = std::function<void(const std::string& object, const Configuration& configuration,
                                       results::CompilationRecord& record)>;
// One for each worker, called in that worker's thread.
using MakeCheck = std::function<CheckObject()>;

struct CampaignPlan {
  uint64_t first_seed = 1;
  std::optional<uint64_t> last_seed;  // included; none: until the time is up
  std::optional<double> seconds;      // wall time; none: until the seeds are used up
  std::optional<double> cpu_seconds;  // of this process and all it has started, user and system; no limit if none
  uint64_t shard = 0, shards = 1;     // only seeds with seed % shards == shard
  unsigned jobs = 1;
};

struct Progress {
  uint64_t programs = 0;         // begun
  uint64_t failed_programs = 0;  // seeds that gave none
  uint64_t compilations = 0;     // done in this run
  uint64_t earlier = 0;          // done in earlier runs of the same campaign
  uint64_t expected = 0;         // compilations in all, earlier ones included; 0 if only the time ends it
  uint64_t functions = 0, unproved = 0;
  uint64_t violations = 0, new_findings = 0;  // occurrences; fingerprints that the database did not have
  uint64_t rejected = 0, crashed = 0, hung = 0, out_of_memory = 0, our_failures = 0;
  uint64_t features = 0;               // of a guided campaign (guided/guided.h); else 0
  double seconds = 0;                  // since it began
  std::optional<double> seconds_left;  // none: unknown yet
};

struct CampaignEnd {
  int64_t id = 0;         // in the store
  bool complete = false;  // seeds used up or time over; else it was stopped and can be continued
  Progress progress;
  std::string error;  // why it had to end: the database could not be written; empty if all is well
};

class Campaign {
 public:
  // The matrix's swarm is drawn from the configuration's catalogue.
  Campaign(const Config& config, const Matrix& matrix, const generator::Generator& generator, results::Store& store,
           ProcessRunner& runner, WorkDir& work, MakeCheck make_check);
  ~Campaign();

  // Blocks. `tick` is called about ten times a second in the calling thread.
  CampaignEnd run(const CampaignPlan& plan, const std::function<void(const Progress&)>& tick);
  // From `tick` or another thread: running compilers are killed, what is finished is stored, run() returns.
  void stop();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Where a campaign that is only limited by time begins: a killed one where it began, a new one after the last seed that
// any campaign with this generator has in the database.
results::StoreResult<uint64_t> next_first_seed(const results::Store& store, const std::string& generator,
                                               const std::string& config_text);

}  // namespace objhound::harness
