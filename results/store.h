// The database: SQLite in WAL mode, schema by versioned migrations. One writer; what a call has stored survives
// kill -9 at any later moment.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

#include "results/records.h"

namespace objhound::results {

// For people: names the database file, what is wrong, and what to do.
using StoreError = std::string;
template <typename T>
using StoreResult = tl::expected<T, StoreError>;

class Store {
 public:
  // Opens or creates. Fails if the file is no database, is corrupt, cannot be written, or was written by a newer
  // objhound. An older schema is migrated in one transaction.
  static StoreResult<Store> open(const std::string& path);
  static StoreResult<Store> open_read_only(const std::string& path);
  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;
  ~Store();

  // A campaign with the same generator, configuration text and first seed that has not finished is continued;
  // else a new one begins. Returns its id.
  StoreResult<int64_t> begin_campaign(const CampaignRecord& campaign);
  StoreResult<void> finish_campaign(int64_t campaign, double seconds);
  // Id of the stored configuration that equals the record in all but its id; inserted if it is new.
  StoreResult<int64_t> intern_configuration(const ConfigurationRecord& configuration);
  StoreResult<int64_t> intern_program(const ProgramRecord& program);
  // (seed, configuration id) of everything the campaign has already done.
  StoreResult<std::set<std::pair<uint64_t, int64_t>>> done(int64_t campaign) const;

  // One compilation with its findings and unproved functions. Buffered by the caller: all records of one call are
  // one transaction. Returns the fingerprints that are new to the database.
  struct Job {
    int64_t program;
    int64_t configuration;
    CompilationRecord record;
  };
  StoreResult<std::vector<std::string>> add(int64_t campaign, const std::vector<Job>& jobs);

  // Queries. `campaign` 0: all.
  StoreResult<std::vector<CampaignRecord>> campaigns() const;
  StoreResult<std::vector<FindingSummary>> findings() const;
  StoreResult<std::optional<FindingSummary>> finding(int64_t id) const;
  StoreResult<std::vector<OccurrenceRecord>> occurrences(int64_t finding, int limit) const;
  StoreResult<std::string> object_of(int64_t finding) const;  // decompressed bytes of the first occurrence
  StoreResult<std::vector<MatrixCell>> matrix(int64_t campaign) const;
  StoreResult<std::vector<ReasonCount>> unproved_reasons(int64_t campaign) const;
  // Compiler failures that are no findings: crashes, hangs, rejections, our own failures, by detail.
  struct FailureCount {
    Outcome outcome;
    std::string compiler, detail;
    uint64_t count;
    uint64_t example_seed;
    std::string example_configuration;
  };
  StoreResult<std::vector<FailureCount>> failures(int64_t campaign) const;
  // Adds everything of the other database to this one; campaigns, occurrences and fingerprints are united.
  StoreResult<void> merge(const std::string& other_path);

 private:
  struct Impl;
  explicit Store(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace objhound::results
