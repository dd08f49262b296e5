// What every report on a campaign starts from: the queries' answers, added up, and the sentences made of them.
#pragma once

#include <string>
#include <vector>

#include "results/store.h"

namespace objhound::results {

struct CampaignView {
  int64_t id = 0;                                   // 0: all campaigns of the database
  std::vector<CampaignRecord> campaigns;            // that one, or all
  std::vector<ConfigurationRecord> configurations;  // of drawn ones the first for each compiler, version and level
  uint64_t drawn = 0;                               // how many those stand for
  std::vector<std::string> compilers;               // names, in the order of the matrix
  std::vector<MatrixCell> cells;
  MatrixCell total;
  std::vector<FindingSummary> findings;
  std::vector<ReasonCount> reasons;
  std::vector<Store::FailureCount> failures;
  uint64_t programs = 0, failed_programs = 0;
  double seconds = 0;  // wall time

  uint64_t findings_of(std::string_view severity) const;
  std::string title() const;  // "campaign 3: csmith, seeds 1..300, 2025-11-21T02:00:00Z, finished, 3 min 12 s"
  std::string seeds() const;  // "1..300", "from 1"
  std::string findings_in_words() const;  // "2 violations, 1 suspect", "none"
  std::string failures_in_words() const;  // "3 crashes, 1 hang", "no crash, no hang"
  std::string throughput_in_words() const;
};

// Fails if there is no such campaign.
StoreResult<CampaignView> load_campaign(const Store& store, int64_t campaign);

}  // namespace objhound::results
