#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "results/campaign_view.h"
#include "results/coverage.h"
#include "results/text.h"

namespace objhound::results {

namespace {

constexpr size_t kNameWidth = 64;

std::string number(uint64_t count) { return count == 0 ? "-" : compact(count); }

std::string head(const CampaignView& view, const Coverage& coverage) {
  return fmt::format("{}\n{} in {} of {}, at {}\n", printable(view.title()),
                     counted(coverage.distinct, "distinct feature"), counted(view.total.functions, "function"),
                     counted(view.programs, "program"),
                     counted(coverage.places.size(), "pair") + " of compiler and level");
}

std::string open_kinds(const Coverage& coverage) {
  std::string text = "\nCombinations, of which it is not known how many there can be\n";
  for (const Coverage::Kind& kind : coverage.kinds) {
    if (!kind.closed)
      text += fmt::format("  {:<{}} {:>9} distinct\n", printable(kind.name), kNameWidth, grouped(kind.distinct));
  }
  return text;
}

// Distinct features of each compiler at each level.
std::string places_text(const Coverage& coverage) {
  const std::vector<std::string> compilers = coverage.compilers(), levels = coverage.levels();
  std::string text = fmt::format("\n{:<24}", "Distinct features");
  for (const std::string& level : levels) text += fmt::format(" {:>7}", printable(level));
  text += "\n";
  for (const std::string& compiler : compilers) {
    text += fmt::format("  {:<22}", printable(compiler));
    for (const std::string& level : levels) {
      const auto place = std::ranges::find(coverage.places, Coverage::Place{compiler, level});
      text += fmt::format(" {:>7}", place == coverage.places.end() ? "" : grouped(place->distinct));
    }
    text += "\n";
  }
  return text;
}

std::string by_construct(const Coverage& coverage) {
  std::string text;
  for (const Coverage::Kind& kind : coverage.kinds) {
    if (!kind.closed) continue;
    text += fmt::format("\n{:<{}} {:>9} {:>9}  {}\n",
                        fmt::format("{}: {} of {}", printable(kind.name), kind.distinct, kind.rows.size()),
                        kNameWidth + 2, "functions", "places", "");
    for (const Coverage::Row& row : kind.rows) {
      if (row.functions == 0) continue;
      text +=
          fmt::format("  {:<{}} {:>9} {:>9}  {}\n", printable(row.text), kNameWidth, grouped(row.functions),
                      fmt::format("{}/{}", row.places.size(), coverage.places.size()), printable(coverage.gaps(row)));
    }
    for (const Coverage::Row& row : kind.rows) {
      if (row.functions == 0)
        text += fmt::format("  {:<{}} {:>9} {:>9}\n", printable(row.text), kNameWidth, "-", "never");
    }
  }
  return text;
}

std::string by_column(const Coverage& coverage) {
  std::string text;
  std::vector<size_t> widths;
  for (const std::string& column : coverage.columns) widths.push_back(std::max<size_t>(6, printable(column).size()));
  for (const Coverage::Kind& kind : coverage.kinds) {
    if (!kind.closed) continue;
    text += fmt::format("\n{:<{}}", fmt::format("{}: {} of {}", printable(kind.name), kind.distinct, kind.rows.size()),
                        kNameWidth + 2);
    for (size_t i = 0; i < widths.size(); ++i)
      text += fmt::format(" {:>{}}", printable(coverage.columns[i]), widths[i]);
    text += "\n";
    for (const Coverage::Row& row : kind.rows) {
      text += fmt::format("  {:<{}}", printable(row.text), kNameWidth);
      for (size_t i = 0; i < widths.size(); ++i) text += fmt::format(" {:>{}}", number(row.columns[i]), widths[i]);
      text += "\n";
    }
  }
  return text;
}

// There may be hundreds of flags: a row for each, and how many members of each kind were seen with it.
std::string by_flag(const Coverage& coverage) {
  std::string text = fmt::format("\n{:<{}}", "Members seen with a flag set, or one drawn flag", kNameWidth);
  for (const Coverage::Kind& kind : coverage.kinds) {
    if (kind.closed) text += fmt::format(" {:>9}", printable(kind.name));
  }
  text += "\n";
  for (size_t column = 0; column < coverage.columns.size(); ++column) {
    text += fmt::format("  {:<{}}", printable(coverage.columns[column]), kNameWidth - 2);
    for (const Coverage::Kind& kind : coverage.kinds) {
      if (!kind.closed) continue;
      const auto seen =
          std::ranges::count_if(kind.rows, [&](const Coverage::Row& row) { return row.columns[column] != 0; });
      text += fmt::format(" {:>9}", fmt::format("{}/{}", seen, kind.rows.size()));
    }
    text += "\n";
  }
  return text;
}

// A database's features with what they are, and where.
struct Reached {
  std::string name;
  Reach reach;
  Coverage coverage;
  CampaignView view;
  std::set<uint64_t> hashes;
};

StoreResult<std::vector<Reached>> load(std::span<const Store> stores) {
  std::vector<Reached> all;
  for (const Store& store : stores) {
    StoreResult<Reach> reach = store.reach(0);
    if (!reach) return tl::unexpected(reach.error());
    StoreResult<CampaignView> view = load_campaign(store, 0);
    if (!view) return tl::unexpected(view.error());
    Coverage coverage = coverage_of(*reach, CoverageBy::Construct);
    std::set<uint64_t> hashes;
    for (const Reach::Sighting& sighting : reach->sightings) hashes.insert(reach->features[sighting.feature].hash);
    all.push_back({store.path(), std::move(*reach), std::move(coverage), std::move(*view), std::move(hashes)});
  }
  return all;
}

// Of all together, and what each has that no other has; by kind.
struct Union {
  std::map<std::pair<bool, std::string>, uint64_t> kinds;  // open or not, and name
  std::vector<std::map<std::pair<bool, std::string>, uint64_t>> only;
  std::vector<uint64_t> only_all;
  uint64_t distinct = 0;

  explicit Union(const std::vector<Reached>& all) : only(all.size()), only_all(all.size()) {
    std::map<uint64_t, std::pair<const FeatureName*, std::vector<size_t>>> owners;
    for (size_t i = 0; i < all.size(); ++i) {
      for (const Reach::Feature& feature : all[i].reach.features) {
        kinds[{!feature.name.closed, feature.name.kind}] += 0;
        if (!all[i].hashes.contains(feature.hash)) continue;
        auto& owner = owners[feature.hash];
        owner.first = &feature.name;
        owner.second.push_back(i);
      }
    }
    distinct = owners.size();
    for (const auto& [hash, owner] : owners) {
      const std::pair<bool, std::string> kind{!owner.first->closed, owner.first->kind};
      ++kinds[kind];
      if (owner.second.size() != 1) continue;
      ++only[owner.second.front()][kind];
      ++only_all[owner.second.front()];
    }
  }
};

uint64_t distinct_of(const Reached& reached, const std::string& kind) {
  for (const Coverage::Kind& k : reached.coverage.kinds) {
    if (k.name == kind) return k.distinct;
  }
  return 0;
}

std::string short_name(const std::string& path) {
  const size_t slash = path.rfind('/');
  std::string name = printable(slash == std::string::npos ? path : path.substr(slash + 1));
  if (name.ends_with(".db")) name.resize(name.size() - 3);
  return name;
}

}  // namespace

StoreResult<std::string> coverage_text(const Store& store, int64_t campaign, CoverageBy by) {
  const StoreResult<CampaignView> view = load_campaign(store, campaign);
  if (!view) return tl::unexpected(view.error());
  const StoreResult<Reach> reach = store.reach(campaign);
  if (!reach) return tl::unexpected(reach.error());
  const Coverage coverage = coverage_of(*reach, by);
  const std::string table = by == CoverageBy::Construct ? by_construct(coverage)
                            : by == CoverageBy::Flag    ? by_flag(coverage)
                                                        : by_column(coverage);
  return head(*view, coverage) + places_text(coverage) + table + open_kinds(coverage);
}

StoreResult<std::string> coverage_json(const Store& store, int64_t campaign) {
  const StoreResult<Reach> reach = store.reach(campaign);
  if (!reach) return tl::unexpected(reach.error());
  nlohmann::json features = nlohmann::json::array(), spots = nlohmann::json::array(), seen = nlohmann::json::array();
  for (const Reach::Feature& f : reach->features) {
    features.push_back({{"kind", f.name.kind},
                        {"text", f.name.text},
                        {"closed", f.name.closed},
                        {"hash", fmt::format("{:016x}", f.hash)},
                        {"functions", f.functions}});
  }
  for (const Spot& s : reach->spots) {
    spots.push_back(
        {{"compiler", s.compiler}, {"version", s.version}, {"arch", s.arch}, {"level", s.level}, {"flag", s.flag}});
  }
  for (const Reach::Sighting& s : reach->sightings)
    seen.push_back({{"feature", s.feature}, {"spot", s.spot}, {"functions", s.functions}, {"seed", s.seed}});
  const nlohmann::json all = {{"version", 1}, {"features", features}, {"spots", spots}, {"sightings", seen}};
  return all.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

StoreResult<std::string> coverage_comparison_text(std::span<const Store> stores) {
  const StoreResult<std::vector<Reached>> loaded = load(stores);
  if (!loaded) return tl::unexpected(loaded.error());
  const std::vector<Reached>& all = *loaded;
  const Union together(all);
  std::string text;
  const auto row = [&](std::string_view name, const auto& value, const std::string& united) {
    text += fmt::format("{:<30}", name);
    for (size_t i = 0; i < all.size(); ++i) text += fmt::format(" {:>12}", value(i));
    text += fmt::format(" {:>12}\n", united);
  };
  row("", [&](size_t i) { return short_name(all[i].name).substr(0, 12); }, "together");
  row("programs", [&](size_t i) { return grouped(all[i].view.programs); }, "");
  row("compilations", [&](size_t i) { return grouped(all[i].view.total.compilations); }, "");
  row("functions", [&](size_t i) { return grouped(all[i].view.total.functions); }, "");
  row("distinct features", [&](size_t i) { return grouped(all[i].coverage.distinct); }, grouped(together.distinct));
  for (const auto& [kind, distinct] : together.kinds) {
    row(
        "  " + printable(kind.second), [&](size_t i) { return grouped(distinct_of(all[i], kind.second)); },
        grouped(distinct));
  }
  row("only here", [&](size_t i) { return grouped(together.only_all[i]); }, "");
  row("with compiler and level", [&](size_t i) { return grouped(all[i].coverage.pairs); }, "");
  row(
      "times the first",
      [&](size_t i) {
        return fmt::format("{:.2f} x", static_cast<double>(all[i].coverage.distinct) /
                                           static_cast<double>(std::max<uint64_t>(1, all[0].coverage.distinct)));
      },
      "");
  return text;
}

StoreResult<std::string> coverage_comparison_json(std::span<const Store> stores) {
  const StoreResult<std::vector<Reached>> loaded = load(stores);
  if (!loaded) return tl::unexpected(loaded.error());
  const Union together(*loaded);
  nlohmann::json databases = nlohmann::json::array();
  for (size_t i = 0; i < loaded->size(); ++i) {
    const Reached& one = (*loaded)[i];
    nlohmann::json kinds = nlohmann::json::object(), only = nlohmann::json::object();
    for (const Coverage::Kind& kind : one.coverage.kinds) kinds[kind.name] = kind.distinct;
    for (const auto& [kind, count] : together.only[i]) only[kind.second] = count;
    databases.push_back({{"path", one.name},
                         {"programs", one.view.programs},
                         {"compilations", one.view.total.compilations},
                         {"functions", one.view.total.functions},
                         {"distinct", one.coverage.distinct},
                         {"pairs", one.coverage.pairs},
                         {"kinds", kinds},
                         {"only", only}});
  }
  nlohmann::json kinds = nlohmann::json::object();
  for (const auto& [kind, count] : together.kinds) kinds[kind.second] = count;
  const nlohmann::json all = {
      {"version", 1}, {"databases", databases}, {"together", {{"distinct", together.distinct}, {"kinds", kinds}}}};
  return all.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

}  // namespace objhound::results
