// From the oracle's report to the database's records.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "harness/campaign.h"
#include "oracle/report.h"
#include "results/records.h"

namespace objhound::harness {

// Counts, unproved functions and findings of the report; `record` keeps the rest of its fields.
void add_report(const oracle::FileReport& report, results::CompilationRecord& record);

// Judges an object that was just compiled, and keeps it in the record if there is anything to tell.
void judge_object(CheckObject& check, const Configuration& configuration, std::string object,
                  results::CompilationRecord& record);
// What a compilation adds to the counts of functions, violations and outcomes.
void count(const results::CompilationRecord& record, Progress& progress);

// Compilations in a row that this machine could not do: the disk is full, a compiler was removed. To go on would only
// turn every program into a failure of ours.
class OwnFailures {
 public:
  // With the next one, why it is time to give up, if it is.
  std::optional<std::string> count(const results::CompilationRecord& record);

 private:
  static constexpr size_t kMost = 20;
  size_t in_a_row_ = 0;
};

// From features to what the database calls them; each is named once.
class FeatureNames {
 public:
  void add(const oracle::FileReport& report, results::CompilationRecord& record);

 private:
  std::unordered_map<uint64_t, std::shared_ptr<const results::FeatureName>> names_;  // by hash
};
// Those that may or may not occur in a campaign.
std::vector<results::FeatureRecord> known_features();

// Each worker's own oracle. The contract follows from the configuration's command line.
MakeCheck oracle_check();

}  // namespace objhound::harness
