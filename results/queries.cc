// Reading: what reports are made of. A query over all compilations reads the table once, front to back.
#include <fmt/format.h>
#include <zstd.h>

#include <algorithm>
#include <map>

#include "results/store_impl.h"

namespace objhound::results {

namespace {

// An object is some kilobytes; more than this a file claims only to hurt.
constexpr unsigned long long kMaxObjectBytes = 256ULL << 20;

std::string decompressed(const std::string& path, const std::string& zstd) {
  const unsigned long long size = ZSTD_getFrameContentSize(zstd.data(), zstd.size());
  const auto damaged = [&](const char* why) {
    return Failure(
        fmt::format("{}: a stored object is damaged: {} (make it again with the commands of `show`)", path, why));
  };
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN) throw damaged("no zstd frame");
  if (size > kMaxObjectBytes) throw damaged("its size is absurd");
  std::string result(size, '\0');
  const size_t got = ZSTD_decompress(result.data(), result.size(), zstd.data(), zstd.size());
  if (ZSTD_isError(got)) throw damaged(ZSTD_getErrorName(got));
  if (got != size) throw damaged("it ends early");
  return result;
}

constexpr const char* kConfigurationColumns =
    "g.id, g.name, g.compiler, g.executable, g.version, g.arch, g.level, g.flag_set, g.flags";

ConfigurationRecord configuration_at(const Query& q, int column) {
  ConfigurationRecord r;
  r.id = q.integer(column);
  r.name = q.text(column + 1);
  r.compiler = q.text(column + 2);
  r.executable = q.text(column + 3);
  r.version = q.text(column + 4);
  r.arch = q.text(column + 5);
  r.level = q.text(column + 6);
  r.flag_set = q.text(column + 7);
  r.flags = q.text(column + 8);
  return r;
}

// Findings, each with its best occurrence; then who saw it. `only` 0: all findings.
std::vector<FindingSummary> read_findings(Database& database, int64_t only, int64_t campaign) {
  std::vector<FindingSummary> result;
  std::map<int64_t, size_t> place;
  Query q(database,
          "SELECT f.id, f.rule, f.slug, f.severity, f.fingerprint, f.arch, f.status, f.first_seen, f.reduced_lines, "
          "m.text, o.evidence, o.path, n.text, s.text, o.offset, d.text, w.text, c.text, f.fingerprint_version FROM "
          "findings f "
          "LEFT JOIN occurrences o ON o.id = f.best LEFT JOIN texts m ON m.id = o.message "
          "LEFT JOIN texts n ON n.id = o.function LEFT JOIN texts s ON s.id = o.section "
          "LEFT JOIN texts d ON d.id = f.statement LEFT JOIN texts w ON w.id = f.source "
          "LEFT JOIN texts c ON c.id = f.cause "
          "WHERE ?1 = 0 OR f.id = ?1",
          only);
  while (q.next()) {
    FindingSummary f;
    f.id = q.integer(0);
    f.rule = q.text(1);
    f.slug = q.text(2);
    f.severity = q.text(3);
    f.fingerprint = q.text(4);
    f.arch = q.text(5);
    f.status = q.text(6);
    f.first_seen = iso_time(q.integer(7));
    f.reduced_lines = q.integer_or_null(8);
    f.message = q.text(9);
    f.evidence = q.text(10);
    f.path = q.text(11);
    f.function = q.text(12);
    f.section = q.text(13);
    f.offset = q.natural(14);
    f.statement = q.text(15);
    f.source = q.text(16);
    f.cause = q.text(17);
    f.fingerprint_version = q.integer(18);
    place[f.id] = result.size();
    result.push_back(std::move(f));
  }
  Query seen(database,
             "SELECT t.finding, t.n, g.name, g.compiler, g.level, g.flag_set FROM (SELECT o.finding, c.configuration, "
             "count(*) AS n "
             "FROM occurrences o JOIN compilations c ON c.id = o.compilation "
             "WHERE (?1 = 0 OR o.finding = ?1) AND (?2 = 0 OR c.campaign = ?2) GROUP BY 1, 2) t "
             "JOIN configurations g ON g.id = t.configuration",
             only, campaign);
  while (seen.next()) {
    const auto found = place.find(seen.integer(0));
    if (found == place.end()) continue;
    FindingSummary& f = result[found->second];
    f.occurrences += seen.natural(1);
    ConfigurationRecord with;
    with.name = seen.text(2);
    with.compiler = seen.text(3);
    with.level = seen.text(4);
    with.flag_set = seen.text(5);
    f.compilers.push_back(with.compiler);
    f.configurations.push_back(name_in_reports(with));
  }
  for (FindingSummary& f : result) {
    for (std::vector<std::string>* names : {&f.compilers, &f.configurations}) {
      std::sort(names->begin(), names->end());
      names->erase(std::unique(names->begin(), names->end()), names->end());
    }
  }
  return result;
}

}  // namespace

StoreResult<std::set<std::pair<uint64_t, int64_t>>> Store::done(int64_t campaign) const {
  return attempt(impl_->database->path(), [&] {
    // Sorted before the set is made of them: building it at its end takes no search.
    std::vector<std::pair<uint64_t, int64_t>> pairs;
    Query q(*impl_->database,
            "SELECT p.seed, c.configuration FROM compilations c JOIN programs p ON p.id = c.program "
            "WHERE c.campaign = ?",
            campaign);
    while (q.next()) pairs.emplace_back(q.natural(0), q.integer(1));
    std::sort(pairs.begin(), pairs.end());
    return std::set<std::pair<uint64_t, int64_t>>(pairs.begin(), pairs.end());
  });
}

StoreResult<std::vector<CampaignRecord>> Store::campaigns() const {
  return attempt(impl_->database->path(), [&] {
    std::vector<CampaignRecord> result;
    Query q(*impl_->database,
            "SELECT id, started, finished, generator, objhound_version, config, first_seed, last_seed, "
            "(SELECT total(seconds) FROM runs WHERE campaign = campaigns.id), "
            "(SELECT count(*) FROM runs WHERE campaign = campaigns.id), "
            "(SELECT count(DISTINCT program) FROM compilations WHERE campaign = campaigns.id), "
            "(SELECT count(*) FROM failed_programs WHERE campaign = campaigns.id) "
            "FROM campaigns ORDER BY id");
    while (q.next()) {
      CampaignRecord c;
      c.id = q.integer(0);
      c.started = q.text(1);
      c.finished = q.text(2);
      c.generator = q.text(3);
      c.objhound_version = q.text(4);
      c.config = q.text(5);
      c.first_seed = q.natural(6);
      c.last_seed = q.natural(7);
      c.seconds = q.real(8);
      c.runs = q.natural(9);
      c.programs = q.natural(10);
      c.failed_programs = q.natural(11);
      result.push_back(std::move(c));
    }
    return result;
  });
}

StoreResult<std::set<uint64_t>> Store::failed_seeds(int64_t campaign) const {
  return attempt(impl_->database->path(), [&] {
    std::set<uint64_t> result;
    Query q(*impl_->database,
            "SELECT p.seed FROM failed_programs f JOIN programs p ON p.id = f.program WHERE f.campaign = ?", campaign);
    while (q.next()) result.insert(q.natural(0));
    return result;
  });
}

StoreResult<std::vector<RefusedFlags>> Store::refused_flags() const {
  return attempt(impl_->database->path(), [&] {
    std::vector<RefusedFlags> result;
    Query q(*impl_->database, "SELECT version, arch, units, complaint FROM refused_flags ORDER BY 1, 2, 3");
    while (q.next()) result.push_back({q.text(0), q.text(1), q.text(2), q.text(3)});
    return result;
  });
}

StoreResult<std::optional<uint64_t>> Store::last_seed(const std::string& generator) const {
  return attempt(impl_->database->path(), [&] {
    // Seeds from 2^63 on are negative in the file.
    Query q(*impl_->database,
            "SELECT seed FROM programs WHERE generator IN (SELECT id FROM generators WHERE name = ?) "
            "ORDER BY seed < 0 DESC, seed DESC LIMIT 1",
            generator);
    return q.next() ? std::optional(q.natural(0)) : std::nullopt;
  });
}

StoreResult<std::vector<ConfigurationRecord>> Store::configurations(int64_t campaign) const {
  return attempt(impl_->database->path(), [&] {
    std::vector<ConfigurationRecord> result;
    const std::string sql = fmt::format(
        "SELECT {} FROM configurations g WHERE g.id IN (SELECT DISTINCT configuration FROM compilations "
        "WHERE ?1 = 0 OR campaign = ?1) ORDER BY g.id",
        kConfigurationColumns);
    Query q(*impl_->database, sql.c_str(), campaign);
    while (q.next()) result.push_back(configuration_at(q, 0));
    return result;
  });
}

StoreResult<std::vector<FindingSummary>> Store::findings(int64_t campaign) const {
  return attempt(impl_->database->path(), [&] {
    std::vector<FindingSummary> result = read_findings(*impl_->database, 0, campaign);
    if (campaign != 0) std::erase_if(result, [](const FindingSummary& f) { return f.occurrences == 0; });
    std::stable_sort(result.begin(), result.end(), [](const FindingSummary& a, const FindingSummary& b) {
      return std::tuple(gravity(b.severity), a.rule, b.occurrences) <
             std::tuple(gravity(a.severity), b.rule, a.occurrences);
    });
    return result;
  });
}

StoreResult<std::optional<FindingSummary>> Store::finding(int64_t id) const {
  return attempt(impl_->database->path(), [&]() -> std::optional<FindingSummary> {
    if (id <= 0) return std::nullopt;
    std::vector<FindingSummary> result = read_findings(*impl_->database, id, 0);
    if (result.empty()) return std::nullopt;
    return std::move(result.front());
  });
}

StoreResult<std::vector<OccurrenceRecord>> Store::occurrences(int64_t finding, int limit) const {
  return attempt(impl_->database->path(), [&] {
    std::vector<OccurrenceRecord> result;
    const std::string sql = fmt::format(
        "SELECT {}, p.id, e.name, e.version, p.seed, p.options, e.include_flags, p.bytes, "
        "f.rule, f.slug, o.severity, f.fingerprint, n.text, s.text, o.address, o.offset, m.text, o.evidence, o.path, "
        "o.seen FROM occurrences o JOIN findings f ON f.id = o.finding "
        "JOIN compilations c ON c.id = o.compilation JOIN configurations g ON g.id = c.configuration "
        "JOIN programs p ON p.id = c.program JOIN generators e ON e.id = p.generator "
        "JOIN texts n ON n.id = o.function JOIN texts s ON s.id = o.section JOIN texts m ON m.id = o.message "
        "WHERE o.id IN (SELECT best FROM findings WHERE id = ?1 UNION ALL SELECT id FROM "
        "(SELECT id FROM occurrences WHERE finding = ?1 ORDER BY id LIMIT ?2)) ORDER BY o.id <> f.best, o.id LIMIT ?2",
        kConfigurationColumns);
    Query q(*impl_->database, sql.c_str(), finding, static_cast<int64_t>(std::max(limit, 0)));
    while (q.next()) {
      OccurrenceRecord r;
      r.configuration = configuration_at(q, 0);
      r.program.id = q.integer(9);
      r.program.generator = q.text(10);
      r.program.generator_version = q.text(11);
      r.program.seed = q.natural(12);
      r.program.options = q.text(13);
      r.program.include_flags = q.text(14);
      r.program.bytes = q.natural(15);
      r.finding.rule = q.text(16);
      r.finding.slug = q.text(17);
      r.finding.severity = q.text(18);
      r.finding.fingerprint = q.text(19);
      r.finding.function = q.text(20);
      r.finding.section = q.text(21);
      r.finding.address = q.natural(22);
      r.finding.offset = q.natural(23);
      r.finding.message = q.text(24);
      r.finding.evidence = q.text(25);
      r.finding.path = q.text(26);
      r.seen = iso_time(q.integer(27));
      result.push_back(std::move(r));
    }
    return result;
  });
}

StoreResult<std::string> Store::object_of(int64_t finding) const {
  return attempt(impl_->database->path(), [&]() -> std::string {
    Query q(*impl_->database,
            "SELECT b.zstd FROM findings f JOIN occurrences o ON o.id = f.best "
            "JOIN objects b ON b.compilation = o.compilation WHERE f.id = ?",
            finding);
    if (!q.next()) return {};
    return decompressed(impl_->database->path(), q.text(0));
  });
}

StoreResult<std::vector<MatrixCell>> Store::matrix(int64_t campaign) const {
  return attempt(impl_->database->path(), [&] {
    std::vector<MatrixCell> result;
    Query q(*impl_->database,
            "SELECT g.compiler, g.level, g.flag_set, g.arch, sum(t.n), sum(t.ok), sum(t.rejected), sum(t.crashed), "
            "sum(t.hung), sum(t.memory), sum(t.ours), sum(t.functions), sum(t.proved), sum(t.unproved), "
            "sum(t.violating), sum(t.instructions), sum(t.compile_us), sum(t.check_us) FROM "
            "(SELECT configuration, count(*) AS n, sum(outcome = 0) AS ok, sum(outcome = 1) AS rejected, "
            "sum(outcome = 2) AS crashed, sum(outcome = 3) AS hung, sum(outcome = 4) AS memory, "
            "sum(outcome = 5) AS ours, sum(functions) AS functions, sum(proved) AS proved, "
            "sum(unproved) AS unproved, sum(violating) AS violating, sum(instructions) AS instructions, "
            "sum(compile_us) AS compile_us, sum(check_us) AS check_us FROM compilations "
            "WHERE ?1 = 0 OR campaign = ?1 GROUP BY configuration) t "
            "JOIN configurations g ON g.id = t.configuration GROUP BY 1, 2, 3, 4 ORDER BY min(g.id)",
            campaign);
    while (q.next()) {
      MatrixCell c;
      c.compiler = q.text(0);
      c.level = q.text(1);
      c.flag_set = q.text(2);
      c.arch = q.text(3);
      uint64_t* const counts[] = {&c.compilations,  &c.ok,           &c.rejected,  &c.crashed, &c.hung,
                                  &c.out_of_memory, &c.our_failures, &c.functions, &c.proved,  &c.unproved,
                                  &c.violating,     &c.instructions};
      int column = 4;
      for (uint64_t* count : counts) *count = q.natural(column++);
      c.compile_seconds = static_cast<double>(q.integer(16)) / 1e6;
      c.check_seconds = static_cast<double>(q.integer(17)) / 1e6;
      result.push_back(std::move(c));
    }
    return result;
  });
}

StoreResult<std::vector<ReasonCount>> Store::unproved_reasons(int64_t campaign) const {
  return attempt(impl_->database->path(), [&] {
    std::vector<ReasonCount> result;
    Query q(*impl_->database,
            "SELECT r.text, t.n, p.seed, g.name, fn.text, u.offset, d.text FROM "
            "(SELECT u.reason, count(*) AS n, min(u.rowid) AS first FROM unproved u "
            "JOIN compilations c ON c.id = u.compilation WHERE ?1 = 0 OR c.campaign = ?1 GROUP BY u.reason) t "
            "JOIN texts r ON r.id = t.reason JOIN unproved u ON u.rowid = t.first "
            "JOIN compilations c ON c.id = u.compilation JOIN programs p ON p.id = c.program "
            "JOIN configurations g ON g.id = c.configuration JOIN texts fn ON fn.id = u.function "
            "LEFT JOIN texts d ON d.id = u.detail ORDER BY t.n DESC, r.text",
            campaign);
    while (q.next()) {
      ReasonCount r;
      r.reason = q.text(0);
      r.functions = q.natural(1);
      r.example = fmt::format("seed {}, {}, {}+{:#x}", q.natural(2), q.text(3), q.text(4), q.natural(5));
      if (!q.null(6)) r.example += ": " + q.text(6);
      result.push_back(std::move(r));
    }
    return result;
  });
}

StoreResult<std::vector<Store::FailureCount>> Store::failures(int64_t campaign) const {
  return attempt(impl_->database->path(), [&] {
    std::vector<FailureCount> result;
    // An object that the oracle could not read counts as our failure, whatever the compiler's outcome was.
    Query q(*impl_->database,
            "SELECT t.outcome, g.compiler, d.text, sum(t.n), p.seed, g.name, min(t.first) FROM "
            "(SELECT CASE WHEN check_error IS NULL THEN outcome ELSE 5 END AS outcome, configuration, "
            "coalesce(check_error, detail) AS detail, count(*) AS n, min(id) AS first FROM compilations "
            "WHERE (?1 = 0 OR campaign = ?1) AND (outcome <> 0 OR check_error IS NOT NULL) GROUP BY 1, 2, 3) t "
            "JOIN configurations g ON g.id = t.configuration JOIN compilations c ON c.id = t.first "
            "JOIN programs p ON p.id = c.program LEFT JOIN texts d ON d.id = t.detail "
            "GROUP BY t.outcome, g.compiler, t.detail "
            "ORDER BY CASE t.outcome WHEN 2 THEN 0 WHEN 3 THEN 1 WHEN 4 THEN 2 WHEN 1 THEN 3 ELSE 4 END, 4 DESC, 2, 3",
            campaign);
    while (q.next()) {
      FailureCount f;
      f.outcome = static_cast<Outcome>(std::clamp<int64_t>(q.integer(0), 0, 255));
      f.compiler = q.text(1);
      f.detail = q.text(2);
      f.count = q.natural(3);
      f.example_seed = q.natural(4);
      f.example_configuration = q.text(5);
      result.push_back(std::move(f));
    }
    return result;
  });
}

}  // namespace objhound::results
