// The database: SQLite in WAL mode, schema by versioned migrations. One writer; what a call has stored survives
// kill -9 at any later moment. A Store belongs to one thread at a time.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

#include "results/records.h"

namespace objhound::results {

// For people: names the database file, what is wrong, and what to do.
using StoreError = std::string;
template <typename T>
using StoreResult = tl::expected<T, StoreError>;

class Store {
 public:
  // Opens or creates. Fails if the file is no database, is corrupt, cannot be written, or was written by a newer
  // objhound. An older schema is migrated in one transaction. `busy_milliseconds`: how long any call waits for another
  // process to let go of the file before it fails.
  static StoreResult<Store> open(const std::string& path, int busy_milliseconds = 30'000);
  // Never creates a database; works in a directory that cannot be written. All queries see the same moment of a
  // database that is being written. An older schema is migrated in a copy in memory.
  static StoreResult<Store> open_read_only(const std::string& path, int busy_milliseconds = 30'000);
  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;
  ~Store();
  const std::string& path() const;

  // A campaign with the same generator, configuration text, objhound version and first seed that has not finished is
  // continued (its last seed may move); else a new one begins. Returns its id. From here on every add() also notes
  // the wall time of this run, so that a killed run is accounted for.
  StoreResult<int64_t> begin_campaign(const CampaignRecord& campaign);
  // `seconds`: wall time of this run.
  StoreResult<void> finish_campaign(int64_t campaign, double seconds);
  // Id of the stored configuration that equals the record in all but its id; inserted if it is new.
  StoreResult<int64_t> intern_configuration(const ConfigurationRecord& configuration);
  // The same for programs, of a campaign. One with a `failure` is remembered as done: see failed_seeds().
  StoreResult<int64_t> intern_program(int64_t campaign, const ProgramRecord& program);
  // (seed, configuration id) of everything the campaign has already done.
  StoreResult<std::set<std::pair<uint64_t, int64_t>>> done(int64_t campaign) const;
  // Seeds of the campaign for which the generator gave no program.
  StoreResult<std::set<uint64_t>> failed_seeds(int64_t campaign) const;
  // The greatest seed of any program of this generator, whatever its version and the campaign; nothing if there is
  // none.
  StoreResult<std::optional<uint64_t>> last_seed(const std::string& generator) const;

  // What compilers do not take. Of what is known already nothing happens.
  StoreResult<void> add_refused_flags(const RefusedFlags& refused);
  StoreResult<std::vector<RefusedFlags>> refused_flags() const;

  // One compilation with its findings and unproved functions. Buffered by the caller: all records of one call are
  // one transaction. A job that the campaign already has is skipped. Returns the fingerprints that are new to the
  // database. On failure nothing of the call is stored, and the call may be repeated.
  struct Job {
    int64_t program;
    int64_t configuration;
    CompilationRecord record;
  };
  StoreResult<std::vector<std::string>> add(int64_t campaign, const std::vector<Job>& jobs);

  // Features of closed kinds, so that those that never occur are known of as well.
  StoreResult<void> intern_features(const std::vector<FeatureRecord>& known);
  // A feature's sightings are counted in memory, and written when they are new or have doubled since; this writes the
  // rest, for the end of a run.
  StoreResult<void> settle_reach(int64_t campaign);

  // What triage came to. `status` as in FindingSummary; an unknown one is an error.
  StoreResult<void> set_status(int64_t finding, const std::string& status, std::optional<int64_t> reduced_lines);

  // Queries. `campaign` 0: all.
  StoreResult<std::vector<CampaignRecord>> campaigns() const;
  StoreResult<std::vector<ConfigurationRecord>> configurations(int64_t campaign) const;  // that were compiled with
  // Violations first, then by rule, then by number of occurrences. With a campaign: what it has seen, counted in it.
  StoreResult<std::vector<FindingSummary>> findings(int64_t campaign = 0) const;
  StoreResult<std::optional<FindingSummary>> finding(int64_t id) const;
  // The best occurrence first (see FindingSummary), then as they were seen.
  StoreResult<std::vector<OccurrenceRecord>> occurrences(int64_t finding, int limit) const;
  // Decompressed bytes of the object of the best occurrence; empty if none was stored.
  StoreResult<std::string> object_of(int64_t finding) const;
  StoreResult<std::vector<MatrixCell>> matrix(int64_t campaign) const;
  StoreResult<std::vector<ReasonCount>> unproved_reasons(int64_t campaign) const;
  StoreResult<Reach> reach(int64_t campaign) const;
  // Compiler failures that are no findings, by detail: crashes, hangs, out of memory, rejections, our own failures
  // (objects that the oracle could not read among them), each by count.
  struct FailureCount {
    Outcome outcome;
    std::string compiler, detail;
    uint64_t count;
    uint64_t example_seed;
    std::string example_configuration;
  };
  StoreResult<std::vector<FailureCount>> failures(int64_t campaign) const;
  // Adds everything of the other database to this one, in one transaction; campaigns, occurrences and fingerprints
  // are united. Doing it again changes nothing. Campaigns with the same generator, configuration text, version and
  // seeds are shards of one if they did no (seed, configuration) twice and their compilers are the same versions.
  StoreResult<void> merge(const std::string& other_path);

  struct Impl;  // for the files that implement this class

 private:
  explicit Store(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace objhound::results
