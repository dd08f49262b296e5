// Reports on reach: what the objects of a campaign have exercised, and what never.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "results/coverage_view.h"
#include "results/store.h"

namespace objhound::results {

// `campaign` 0: all.
StoreResult<std::string> coverage_text(const Store& store, int64_t campaign, CoverageBy by);
// Everything: features, places, and each pair of them with counts.
StoreResult<std::string> coverage_json(const Store& store, int64_t campaign);

// Databases held against each other: distinct features of each by kind, of all together, and what only one has.
StoreResult<std::string> coverage_comparison_text(std::span<const Store> stores);
StoreResult<std::string> coverage_comparison_json(std::span<const Store> stores);

}  // namespace objhound::results
