#include "results/coverage_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace objhound::results {

namespace {

// Drawn flags are columns beside the flag sets, and nothing else.
bool is_of_drawn_flag(const Spot& spot) { return spot.level.empty(); }

std::string column_of(const Spot& spot, CoverageBy by) {
  switch (by) {
    case CoverageBy::Construct:
      return "functions";
    case CoverageBy::Compiler:
      return spot.compiler;
    case CoverageBy::Level:
      return spot.level;
    case CoverageBy::Flag:
      return spot.flag;
  }
  return "";
}

template <typename Value>
uint32_t index_in(std::vector<Value>& sorted, const Value& value) {
  return static_cast<uint32_t>(std::ranges::lower_bound(sorted, value) - sorted.begin());
}
template <typename Value>
void make_set(std::vector<Value>& values) {
  std::ranges::sort(values);
  const auto rest = std::ranges::unique(values);
  values.erase(rest.begin(), rest.end());
}

}  // namespace

Coverage coverage_of(const Reach& reach, CoverageBy by) {
  Coverage coverage;
  for (const Spot& spot : reach.spots) {
    if (!is_of_drawn_flag(spot)) coverage.places.push_back({spot.compiler, spot.level});
    // What has no flag counts features of open kinds, which are no rows; where none else were seen is a column, too.
    const bool counts = by == CoverageBy::Flag ? !spot.flag.empty() : !is_of_drawn_flag(spot);
    if (counts) coverage.columns.push_back(column_of(spot, by));
  }
  make_set(coverage.places);
  make_set(coverage.columns);

  std::vector<uint32_t> places, columns;  // by spot
  for (const Spot& spot : reach.spots) {
    places.push_back(is_of_drawn_flag(spot) ? UINT32_MAX : index_in(coverage.places, {spot.compiler, spot.level}));
    columns.push_back(index_in(coverage.columns, column_of(spot, by)));
  }

  std::vector<std::pair<size_t, size_t>> row_of;  // kind and row, by feature
  std::map<std::pair<bool, std::string>, size_t> kind_of;
  for (const Reach::Feature& feature : reach.features) kind_of[{!feature.name.closed, feature.name.kind}];
  for (auto& [key, at] : kind_of) {
    at = coverage.kinds.size();
    coverage.kinds.push_back({key.second, !key.first, {}, 0});
  }
  for (const Reach::Feature& feature : reach.features) {
    const size_t at = kind_of[{!feature.name.closed, feature.name.kind}];
    Coverage::Kind& kind = coverage.kinds[at];
    row_of.emplace_back(at, kind.rows.size());
    if (kind.closed) {
      kind.rows.push_back({feature.name.text, 0, 0, {}, {}});
      kind.rows.back().columns.resize(coverage.columns.size());
    }
  }

  std::vector<uint8_t> seen(reach.features.size(), 0);
  std::set<std::pair<uint32_t, uint32_t>> pairs;
  for (const Reach::Sighting& sighting : reach.sightings) {
    const auto [kind_at, row_at] = row_of[sighting.feature];
    Coverage::Kind& kind = coverage.kinds[kind_at];
    const uint32_t place = places[sighting.spot];
    if (!seen[sighting.feature]) {
      seen[sighting.feature] = 1;
      ++kind.distinct;
      ++coverage.distinct;
    }
    if (place != UINT32_MAX && pairs.emplace(place, sighting.feature).second) {
      ++coverage.pairs;
      ++coverage.places[place].distinct;
    }
    if (!kind.closed) continue;
    Coverage::Row& row = kind.rows[row_at];
    if (by == CoverageBy::Flag || place != UINT32_MAX) row.columns[columns[sighting.spot]] += sighting.functions;
    if (place == UINT32_MAX) continue;
    row.seed = row.functions == 0 ? sighting.seed : std::min(row.seed, sighting.seed);
    row.functions += sighting.functions;
    row.places.insert(place);
  }
  return coverage;
}

std::vector<std::string> Coverage::compilers() const {
  std::set<std::string> names;
  for (const Place& place : places) names.insert(place.compiler);
  return {names.begin(), names.end()};
}

std::vector<std::string> Coverage::levels() const {
  std::set<std::string> names;
  for (const Place& place : places) names.insert(place.level);
  return {names.begin(), names.end()};
}

std::string Coverage::gaps(const Row& row) const {
  if (row.places.size() == places.size() || row.places.size() * 2 < places.size()) return "";
  std::map<std::string, std::vector<std::string>> missing;  // levels by compiler
  for (uint32_t place = 0; place < places.size(); ++place) {
    if (!row.places.contains(place)) missing[places[place].compiler].push_back(places[place].level);
  }
  std::vector<std::string> words;
  for (const auto& [compiler, levels] : missing) {
    const auto all = static_cast<size_t>(std::ranges::count(places, compiler, &Place::compiler));
    words.push_back(levels.size() == all ? compiler : fmt::format("{} {}", compiler, fmt::join(levels, " ")));
  }
  return fmt::format("not at {}", fmt::join(words, ", "));
}

}  // namespace objhound::results
