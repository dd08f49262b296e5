// Uniting the databases of shards.
//
// The other file is only read, row by row through the same hardened opening as everywhere, so it may come from anywhere
// and be of any older version. Ids of the other file mean nothing here; every kind of row has a map from its ids to
// ours. What identifies a row across files: words, configurations and programs by all they say, findings by
// fingerprint, runs by their random name, compilations by (campaign, program, configuration). So a merge that is done
// again finds everything there and changes nothing.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "results/store_impl.h"

namespace objhound::results {

namespace {

using Ids = std::unordered_map<int64_t, int64_t>;

// How far triage has come: the further one counts. What is not of the order counts as new.
int progress(std::string_view status) {
  constexpr std::array<std::string_view, 5> kOrder = {"new", "reduced", "reported", "known", "fixed"};
  return static_cast<int>(std::find(kOrder.begin(), kOrder.end(), status) - kOrder.begin()) % 5;
}

class Merge {
 public:
  Merge(Store::Impl& ours, Database& theirs) : impl_(ours), into_(*ours.database), from_(theirs) {}

  // Each step relies on the ids that the steps before it have mapped.
  void run() {
    configurations();
    refused_flags();
    programs();
    campaigns();
    compilations();
    unproved();
    findings();
    occurrences();
    best_occurrences();
    reach();
  }

 private:
  void configurations();
  void refused_flags();
  void programs();
  void campaigns();
  int64_t campaign_for(int64_t theirs, const CampaignRecord& record);
  bool is_shard_of(int64_t theirs, int64_t ours);
  void runs(int64_t theirs, int64_t ours);
  void compilations();
  void unproved();
  void findings();
  void occurrences();
  void best_occurrences();
  void reach();

  int64_t inserted() { return into_.handle().getLastInsertRowid(); }
  // Our id of the word whose id in the other file stands in this column.
  int64_t word(const Query& q, int column);
  std::optional<int64_t> word_or_null(const Query& q, int column) {
    return q.null(column) ? std::nullopt : std::optional(word(q, column));
  }
  int64_t mapped(const Ids& ids, int64_t theirs) const {
    const auto found = ids.find(theirs);
    if (found == ids.end()) throw Failure(from_.path() + ": is damaged: a row refers to one that is not there");
    return found->second;
  }

  Store::Impl& impl_;
  Database& into_;
  Database& from_;
  // From ids of the other file to ours. Of compilations and occurrences only those that are new here.
  Ids words_, configurations_, programs_, campaigns_, runs_, compilations_, findings_, occurrences_;
};

int64_t Merge::word(const Query& q, int column) {
  const int64_t theirs = q.integer(column);
  if (const auto found = words_.find(theirs); found != words_.end()) return found->second;
  Query text(from_, "SELECT text FROM texts WHERE id = ?", theirs);
  if (!text.next()) throw Failure(from_.path() + ": is damaged: a word is missing");
  return words_[theirs] = impl_.text(text.text(0));
}

void Merge::configurations() {
  Query q(from_, "SELECT id, name, compiler, executable, version, arch, level, flag_set, flags FROM configurations");
  while (q.next()) {
    ConfigurationRecord r{0, q.text(1), q.text(2), q.text(3), q.text(4), q.text(5), q.text(6), q.text(7), q.text(8)};
    configurations_[q.integer(0)] = impl_.configuration(r);
  }
}

void Merge::refused_flags() {
  Query q(from_, "SELECT version, arch, units, complaint FROM refused_flags");
  while (q.next()) impl_.refused_flags({q.text(0), q.text(1), q.text(2), q.text(3)});
}

void Merge::programs() {
  Query q(from_,
          "SELECT p.id, g.name, g.version, g.include_flags, p.seed, p.options, p.bytes, t.text FROM programs p "
          "JOIN generators g ON g.id = p.generator LEFT JOIN texts t ON t.id = p.failure");
  while (q.next()) {
    ProgramRecord r;
    r.generator = q.text(1);
    r.generator_version = q.text(2);
    r.include_flags = q.text(3);
    r.seed = q.natural(4);
    r.options = q.text(5);
    r.bytes = q.natural(6);
    r.failure = q.text(7);
    programs_[q.integer(0)] = impl_.program(r);
  }
}

void Merge::campaigns() {
  Query q(from_,
          "SELECT id, generator, config, objhound_version, first_seed, last_seed, started, finished FROM campaigns");
  while (q.next()) {
    CampaignRecord r;
    r.generator = q.text(1);
    r.config = q.text(2);
    r.objhound_version = q.text(3);
    r.first_seed = q.natural(4);
    r.last_seed = q.natural(5);
    r.started = q.text(6);
    r.finished = q.text(7);
    const int64_t theirs = q.integer(0);
    const int64_t ours = campaigns_[theirs] = campaign_for(theirs, r);
    // Times in ISO 8601 compare as texts. United shards have finished when all have.
    Query(into_,
          "UPDATE campaigns SET started = min(started, ?2), "
          "finished = CASE WHEN finished = '' OR ?3 = '' THEN '' ELSE max(finished, ?3) END WHERE id = ?1",
          ours, r.started, r.finished)
        .run();
    runs(theirs, ours);
  }
  Query failed(from_, "SELECT campaign, program FROM failed_programs");
  while (failed.next()) {
    Query(into_, "INSERT OR IGNORE INTO failed_programs (campaign, program) VALUES (?, ?)",
          mapped(campaigns_, failed.integer(0)), mapped(programs_, failed.integer(1)))
        .run();
  }
}

// The campaign of ours that theirs is a part of; a new one if it is none.
int64_t Merge::campaign_for(int64_t theirs, const CampaignRecord& r) {
  Query runs(from_, "SELECT uid FROM runs WHERE campaign = ?", theirs);
  while (runs.next()) {
    Query same(into_, "SELECT campaign FROM runs WHERE uid = ?", runs.text(0));
    if (same.next()) return same.integer(0);
  }
  // Of several that it could be a shard of, the one that began at about the same time.
  Query candidates(into_,
                   "SELECT id FROM campaigns WHERE generator = ? AND config = ? AND objhound_version = ? "
                   "AND first_seed = ? AND last_seed = ? ORDER BY abs(julianday(started) - julianday(?)), id",
                   r.generator, r.config, r.objhound_version, r.first_seed, r.last_seed, r.started);
  while (candidates.next()) {
    if (is_shard_of(theirs, candidates.integer(0))) return candidates.integer(0);
  }
  Query(into_,
        "INSERT INTO campaigns (generator, config, objhound_version, first_seed, last_seed, started, finished) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        r.generator, r.config, r.objhound_version, r.first_seed, r.last_seed, r.started, r.finished)
      .run();
  return inserted();
}

// Shards share the work, so none does any of it twice, and their compilers are the same. A campaign that was repeated
// (the same seeds next night) is no shard.
bool Merge::is_shard_of(int64_t theirs, int64_t ours) {
  std::set<int64_t> used;
  Query done(from_, "SELECT program, configuration FROM compilations WHERE campaign = ?", theirs);
  while (done.next()) {
    const int64_t program = mapped(programs_, done.integer(0));
    const int64_t configuration = mapped(configurations_, done.integer(1));
    Query twice(into_, "SELECT 1 FROM compilations WHERE campaign = ? AND program = ? AND configuration = ?", ours,
                program, configuration);
    if (twice.next()) return false;
    used.insert(configuration);
  }
  for (const int64_t configuration : used) {
    Query other_version(into_,
                        "SELECT 1 FROM configurations a JOIN configurations b ON a.name = b.name AND "
                        "a.version <> b.version WHERE a.id = ?1 AND b.id IN "
                        "(SELECT DISTINCT configuration FROM compilations WHERE campaign = ?2)",
                        configuration, ours);
    if (other_version.next()) return false;
  }
  return true;
}

void Merge::runs(int64_t theirs, int64_t ours) {
  Query q(from_, "SELECT uid, seconds, id FROM runs WHERE campaign = ?", theirs);
  while (q.next()) {
    Query(into_,
          "INSERT INTO runs (campaign, uid, seconds) VALUES (?, ?, ?) "
          "ON CONFLICT (uid) DO UPDATE SET seconds = max(seconds, excluded.seconds)",
          ours, q.text(0), q.real(1))
        .run();
    Query same(into_, "SELECT id FROM runs WHERE uid = ?", q.text(0));
    if (same.next()) runs_[q.integer(2)] = same.integer(0);
  }
}

void Merge::compilations() {
  Query q(from_,
          "SELECT id, campaign, program, configuration, outcome, detail, compile_us, check_us, object_hash, "
          "object_bytes, functions, proved, unproved, violating, instructions, check_error FROM compilations");
  while (q.next()) {
    Query(into_,
          "INSERT INTO compilations (campaign, program, configuration, outcome, detail, compile_us, check_us, "
          "object_hash, object_bytes, functions, proved, unproved, violating, instructions, check_error) "
          "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
          mapped(campaigns_, q.integer(1)), mapped(programs_, q.integer(2)), mapped(configurations_, q.integer(3)),
          q.integer(4), word_or_null(q, 5), q.integer(6), q.integer(7), q.integer_or_null(8), q.integer(9),
          q.integer(10), q.integer(11), q.integer(12), q.integer(13), q.integer(14), word_or_null(q, 15))
        .run();
    if (into_.handle().getChanges() != 0) compilations_[q.integer(0)] = inserted();
  }
}

void Merge::unproved() {
  Query q(from_, "SELECT compilation, function, reason, offset, detail FROM unproved");
  while (q.next()) {
    const auto compilation = compilations_.find(q.integer(0));
    if (compilation == compilations_.end()) continue;
    Query(into_, "INSERT INTO unproved (compilation, function, reason, offset, detail) VALUES (?, ?, ?, ?, ?)",
          compilation->second, word(q, 1), word(q, 2), q.integer(3), word_or_null(q, 4))
        .run();
  }
}

void Merge::findings() {
  Query q(from_,
          "SELECT id, fingerprint, rule, slug, severity, arch, status, first_seen, reduced_lines, statement, source, "
          "cause, fingerprint_version FROM findings");
  while (q.next()) {
    const std::optional<int64_t> reduced = q.integer_or_null(8);
    Query find(into_, "SELECT id, severity, status, reduced_lines FROM findings WHERE fingerprint = ?", q.text(1));
    const std::optional<int64_t> statement = word_or_null(q, 9), source = word_or_null(q, 10),
                                 cause = word_or_null(q, 11);
    if (!find.next()) {
      Query(into_,
            "INSERT INTO findings (fingerprint, rule, slug, severity, arch, status, first_seen, reduced_lines, "
            "statement, source, cause, fingerprint_version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            q.text(1), q.text(2), q.text(3), q.text(4), q.text(5), q.text(6), q.integer(7), reduced, statement, source,
            cause, q.integer(12))
          .run();
      findings_[q.integer(0)] = inserted();
      continue;
    }
    const int64_t id = findings_[q.integer(0)] = find.integer(0);
    const std::string severity = gravity(q.text(4)) > gravity(find.text(1)) ? q.text(4) : find.text(1);
    const std::string status = progress(q.text(6)) > progress(find.text(2)) ? q.text(6) : find.text(2);
    std::optional<int64_t> lines = find.integer_or_null(3);
    if (reduced && (!lines || *reduced < *lines)) lines = reduced;
    Query(into_,
          "UPDATE findings SET severity = ?, status = ?, reduced_lines = ?, first_seen = min(first_seen, ?), "
          "statement = coalesce(statement, ?), source = coalesce(source, ?) WHERE id = ?",
          severity, status, lines, q.integer(7), statement, source, id)
        .run();
  }
}

void Merge::occurrences() {
  Query q(
      from_,
      "SELECT id, finding, compilation, seen, function, section, address, offset, severity, message, evidence, path "
      "FROM occurrences");
  while (q.next()) {
    const auto compilation = compilations_.find(q.integer(2));
    if (compilation == compilations_.end()) continue;
    Query(into_,
          "INSERT INTO occurrences (finding, compilation, seen, function, section, address, offset, severity, message, "
          "evidence, path) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          mapped(findings_, q.integer(1)), compilation->second, q.integer(3), word(q, 4), word(q, 5), q.integer(6),
          q.integer(7), q.text(8), word(q, 9), q.text_or_null(10), q.text_or_null(11))
        .run();
    occurrences_[q.integer(0)] = inserted();
  }
}

void Merge::best_occurrences() {
  Query q(
      from_,
      "SELECT f.id, f.best, f.best_bytes, o.compilation, b.zstd FROM findings f JOIN occurrences o ON o.id = f.best "
      "LEFT JOIN objects b ON b.compilation = o.compilation");
  while (q.next()) {
    const auto occurrence = occurrences_.find(q.integer(1));
    if (occurrence == occurrences_.end()) continue;  // was here already, and judged then
    const int64_t compilation = mapped(compilations_, q.integer(3));
    if (!impl_.make_best(mapped(findings_, q.integer(0)), occurrence->second, q.natural(2)) || q.null(4)) continue;
    const std::string object = q.text(4);
    Query(into_, "INSERT OR IGNORE INTO objects (compilation, zstd) VALUES (?, ?)", compilation, Query::Bytes(object))
        .run();
  }
}

// What a run has counted is its own: of two copies the later one has counted further.
void Merge::reach() {
  Ids features, spots;
  Query feature(from_, "SELECT id, hash, kind, text, closed FROM features");
  while (feature.next()) {
    features[feature.integer(0)] =
        impl_.feature(feature.natural(1), {feature.text(2), feature.text(3), feature.integer(4) != 0});
  }
  Query spot(from_, "SELECT id, compiler, version, arch, level, flag FROM spots");
  while (spot.next()) {
    spots[spot.integer(0)] = impl_.spot({spot.text(1), spot.text(2), spot.text(3), spot.text(4), spot.text(5)});
  }
  Query q(from_, "SELECT run, spot, feature, functions, seed FROM reach");
  while (q.next()) {
    Query(into_,
          "INSERT INTO reach (run, spot, feature, functions, seed) VALUES (?, ?, ?, ?, ?) "
          "ON CONFLICT DO UPDATE SET functions = max(functions, excluded.functions)",
          mapped(runs_, q.integer(0)), mapped(spots, q.integer(1)), mapped(features, q.integer(2)), q.integer(3),
          q.integer(4))
        .run();
  }
}

}  // namespace

StoreResult<void> Store::merge(const std::string& other_path) {
  std::error_code ignored;
  if (std::filesystem::equivalent(impl_->database->path(), other_path, ignored)) {
    return tl::unexpected(other_path + ": is the database to merge into (name another one)");
  }
  StoreResult<std::unique_ptr<Database>> other =
      attempt(other_path, [&] { return Database::open_read_only(other_path, impl_->busy_milliseconds); });
  if (!other) return tl::unexpected(other.error());
  return impl_->writing([&] { Merge(*impl_, **other).run(); });
}

}  // namespace objhound::results
