// Which features were seen where, and how often.
//
// Every object shows hundreds, and nearly all of them again: to add each to its row would write more than all the rest.
// So they are counted in memory. A row is written when its feature is new at the spot, and when what waits is as much
// as what was written; a run that is killed has then lost half of a count at most, and never a feature.

#include <algorithm>
#include <map>
#include <utility>

#include "results/store_impl.h"
#include "results/text.h"

namespace objhound::results {

namespace {

constexpr const char* kDrawn = kSwarm;

// "-finline-limit=37" and "-finline-limit=60" are one flag with a value.
std::string without_value(const std::string& flag) {
  const size_t equals = flag.find('=');
  if (equals == std::string::npos || equals + 1 == flag.size()) return flag;
  const bool number = flag.find_first_not_of("0123456789", equals + 1) == std::string::npos;
  return number ? flag.substr(0, equals + 1) + "N" : flag;
}

// The single flags of a drawn configuration. (-mllvm and --param belong to the word behind them.)
std::vector<std::string> drawn_flags(const ConfigurationRecord& configuration) {
  std::vector<std::string> flags;
  std::string prefix;
  for (const std::string& word : shell_words(configuration.flags)) {
    if (prefix.empty() && (word == "-mllvm" || word == "--param" || word == "-Xclang")) {
      prefix = word + " ";
      continue;
    }
    const std::string flag = std::exchange(prefix, "") + without_value(word);
    if (flag.starts_with("-") && flag != configuration.level && flag != "-c" && flag != "-w") flags.push_back(flag);
  }
  std::ranges::sort(flags);
  flags.erase(std::ranges::unique(flags).begin(), flags.end());
  return flags;
}

uint64_t key_of(int64_t spot, int64_t feature) {
  return static_cast<uint64_t>(spot) << 32 | static_cast<uint32_t>(feature);
}

}  // namespace

int64_t Store::Impl::feature(uint64_t hash, const FeatureName& name) {
  Query find(*database, "SELECT id FROM features WHERE hash = ?", hash);
  if (find.next()) return find.integer(0);
  Query(*database, "INSERT INTO features (hash, kind, closed, text) VALUES (?, ?, ?, ?)", hash, name.kind,
        int64_t{name.closed}, name.text)
      .run();
  return database->handle().getLastInsertRowid();
}

int64_t Store::Impl::spot(const Spot& spot) {
  Query find(*database,
             "SELECT id FROM spots WHERE compiler = ? AND version = ? AND arch = ? AND level = ? AND flag = ?",
             spot.compiler, spot.version, spot.arch, spot.level, spot.flag);
  if (find.next()) return find.integer(0);
  Query(*database, "INSERT INTO spots (compiler, version, arch, level, flag) VALUES (?, ?, ?, ?, ?)", spot.compiler,
        spot.version, spot.arch, spot.level, spot.flag)
      .run();
  return database->handle().getLastInsertRowid();
}

void Store::Impl::write_reach(int64_t run, uint64_t key, Seen::Count& count) {
  Query(*database,
        "INSERT INTO reach (run, spot, feature, functions, seed) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET functions = functions + excluded.functions",
        run, static_cast<int64_t>(key >> 32), static_cast<int64_t>(key & 0xffffffff), count.waiting, count.seed)
      .run();
  count.written += std::exchange(count.waiting, 0);
}

void Store::Impl::reach(int64_t campaign, int64_t program, int64_t configuration,
                        const std::vector<FeatureRecord>& features) {
  const auto run = runs.find(campaign);
  if (features.empty() || run == runs.end()) return;
  Seen& seen = reaches[campaign];
  auto spots = seen.spots.find(configuration);
  if (spots == seen.spots.end()) {
    Query q(*database, "SELECT compiler, version, arch, level, flag_set, flags FROM configurations WHERE id = ?",
            configuration);
    if (!q.next()) throw Failure("internal error: a compilation without a configuration");
    Spot where{q.text(0), q.text(1), q.text(2), q.text(3), ""};
    ConfigurationRecord drawn;
    drawn.level = where.level;
    drawn.flags = q.text(5);
    const std::string flag_set = q.text(4);
    Seen::Spots of{spot(where), {}};
    where.flag = flag_set;
    of.flags.push_back(spot(where));
    where.level.clear();
    if (flag_set == kDrawn) {
      for (const std::string& flag : drawn_flags(drawn)) {
        where.flag = flag;
        of.flags.push_back(spot(where));
      }
    }
    spots = seen.spots.emplace(configuration, std::move(of)).first;
  }
  std::optional<int64_t> seed;
  for (const FeatureRecord& f : features) {
    auto id = seen.features.find(f.hash);
    if (id == seen.features.end()) id = seen.features.emplace(f.hash, feature(f.hash, *f.name)).first;
    const auto add = [&](int64_t spot) {
      const uint64_t key = key_of(spot, id->second);
      Seen::Count& count = seen.counts[key];
      count.waiting += f.functions;
      if (count.waiting < count.written) return;
      if (count.written == 0) {
        if (!seed) {
          Query q(*database, "SELECT seed FROM programs WHERE id = ?", program);
          seed = q.next() ? q.integer(0) : 0;
        }
        count.seed = *seed;
      }
      write_reach(run->second.id, key, count);
    };
    if (!f.name->closed) {
      add(spots->second.level);
    } else {
      for (const int64_t spot : spots->second.flags) add(spot);
    }
  }
}

StoreResult<void> Store::settle_reach(int64_t campaign) {
  return impl_->writing([&] {
    const auto run = impl_->runs.find(campaign);
    const auto seen = impl_->reaches.find(campaign);
    if (run == impl_->runs.end() || seen == impl_->reaches.end()) return;
    for (auto& [key, count] : seen->second.counts) {
      if (count.waiting != 0) impl_->write_reach(run->second.id, key, count);
    }
  });
}

StoreResult<void> Store::intern_features(const std::vector<FeatureRecord>& known) {
  return impl_->writing([&] {
    for (const FeatureRecord& feature : known) impl_->feature(feature.hash, *feature.name);
  });
}

StoreResult<Reach> Store::reach(int64_t campaign) const {
  return attempt(impl_->database->path(), [&] {
    Database& database = *impl_->database;
    Reach result;
    std::map<int64_t, uint32_t> features, spots;  // indices by id
    Query feature(database,
                  "SELECT id, hash, kind, text, closed FROM features "
                  "ORDER BY kind, CASE closed WHEN 0 THEN 0 ELSE id END, text, id");
    while (feature.next()) {
      features.emplace(feature.integer(0), static_cast<uint32_t>(result.features.size()));
      result.features.push_back({feature.natural(1), {feature.text(2), feature.text(3), feature.integer(4) != 0}, 0});
    }
    Query spot(database,
               "SELECT id, compiler, version, arch, level, flag FROM spots WHERE id IN (SELECT spot FROM reach WHERE "
               "?1 = 0 OR run IN (SELECT id FROM runs WHERE campaign = ?1)) ORDER BY 2, 3, 4, 5, 6",
               campaign);
    while (spot.next()) {
      spots.emplace(spot.integer(0), static_cast<uint32_t>(result.spots.size()));
      result.spots.push_back({spot.text(1), spot.text(2), spot.text(3), spot.text(4), spot.text(5)});
    }
    Query q(database,
            "SELECT spot, feature, sum(functions), min(seed) FROM reach WHERE ?1 = 0 OR run IN "
            "(SELECT id FROM runs WHERE campaign = ?1) GROUP BY 1, 2",
            campaign);
    while (q.next()) {
      const auto at = spots.find(q.integer(0));
      const auto of = features.find(q.integer(1));
      if (at == spots.end() || of == features.end()) continue;  // a damaged database
      result.sightings.push_back({of->second, at->second, q.natural(2), q.natural(3)});
      if (!result.spots[at->second].level.empty()) result.features[of->second].functions += q.natural(2);
    }
    return result;
  });
}

}  // namespace objhound::results
