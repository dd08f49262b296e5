// Storing what came of one compilation. Rare things cost, the common thing is one row.
#include <zstd.h>

#include <charconv>
#include <cmath>

#include "results/store_impl.h"

namespace objhound::results {

namespace {

// A defect that shows in every second object must not fill the disk: beyond these, an occurrence is stored without
// its disassembly (the commands of `show` make it again). The best occurrence always has it.
constexpr int64_t kOccurrencesWithEvidence = 4;
constexpr int kZstdLevel = 9;  // objects of findings are few; each is a few kilobytes

uint64_t microseconds(double seconds) {
  return seconds > 0 && seconds < 1e9 ? static_cast<uint64_t>(std::llround(seconds * 1e6)) : 0;
}

std::optional<uint64_t> object_hash(const std::string& digits) {
  if (digits.empty()) return std::nullopt;
  uint64_t hash = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), hash, 16);
  if (error != std::errc{} || end != digits.data() + digits.size()) {
    throw Failure("internal error: an object hash is up to 16 hexadecimal digits, not '" + digits + "'");
  }
  return hash;
}

std::string compressed(const std::string& bytes) {
  std::string result(ZSTD_compressBound(bytes.size()), '\0');
  const size_t size = ZSTD_compress(result.data(), result.size(), bytes.data(), bytes.size(), kZstdLevel);
  if (ZSTD_isError(size)) throw Failure(std::string("internal error: zstd: ") + ZSTD_getErrorName(size));
  result.resize(size);
  return result;
}

int gravity(const std::string& severity) { return severity == "violation" ? 2 : severity == "suspect" ? 1 : 0; }

struct Known {
  int64_t id;
  std::string severity;
  std::optional<int64_t> best;
  uint64_t best_bytes;
};

// The finding with this fingerprint, made if it is new; a graver occurrence makes it graver.
Known finding_of(Database& database, const FindingRecord& f, int64_t configuration, int64_t now,
                 std::vector<std::string>& fresh) {
  Query find(database, "SELECT id, severity, best, best_bytes FROM findings WHERE fingerprint = ?", f.fingerprint);
  if (!find.next()) {
    Query(database,
          "INSERT INTO findings (fingerprint, rule, slug, severity, arch, first_seen) "
          "SELECT ?1, ?2, ?3, ?4, arch, ?5 FROM configurations WHERE id = ?6",
          f.fingerprint, f.rule, f.slug, f.severity, now, configuration)
        .run();
    fresh.push_back(f.fingerprint);
    return {database.handle().getLastInsertRowid(), f.severity, std::nullopt, 0};
  }
  Known known{find.integer(0), find.text(1), std::nullopt, find.natural(3)};
  if (!find.null(2)) known.best = find.integer(2);
  if (gravity(f.severity) > gravity(known.severity)) {
    Query(database, "UPDATE findings SET severity = ? WHERE id = ?", f.severity, known.id).run();
  }
  return known;
}

bool wants_evidence(Database& database, int64_t finding) {
  Query count(database, "SELECT count(*) FROM (SELECT 1 FROM occurrences WHERE finding = ? LIMIT ?)", finding,
              kOccurrencesWithEvidence);
  return count.next() && count.integer(0) < kOccurrencesWithEvidence;
}

// The object of a compilation that no finding shows any more.
void drop_object_unless_shown(Database& database, int64_t occurrence) {
  Query(database,
        "DELETE FROM objects WHERE compilation = (SELECT compilation FROM occurrences WHERE id = ?1) AND NOT EXISTS "
        "(SELECT 1 FROM occurrences o JOIN findings f ON f.id = o.finding AND f.best = o.id "
        "WHERE o.compilation = objects.compilation)",
        occurrence)
      .run();
}

}  // namespace

std::optional<int64_t> Store::Impl::add(int64_t campaign, const Job& job, int64_t now,
                                        std::vector<std::string>& fresh) {
  const CompilationRecord& r = job.record;
  Query(*database,
        "INSERT INTO compilations (campaign, program, configuration, outcome, detail, compile_us, check_us, "
        "object_hash, object_bytes, functions, proved, unproved, violating, instructions, check_error) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        campaign, job.program, job.configuration, static_cast<int64_t>(r.outcome), text_or_null(r.detail),
        microseconds(r.compile_seconds), microseconds(r.check_seconds), object_hash(r.object_hash), r.object_bytes,
        r.functions, r.proved, r.unproved, r.violating, r.instructions, text_or_null(r.check_error))
      .run();
  if (database->handle().getChanges() == 0) return std::nullopt;
  const int64_t compilation = database->handle().getLastInsertRowid();

  for (const UnprovedRecord& u : r.unproved_functions) {
    Query(*database, "INSERT INTO unproved (compilation, function, reason, offset, detail) VALUES (?, ?, ?, ?, ?)",
          compilation, text(u.function), text(u.reason), u.offset, text_or_null(u.detail))
        .run();
  }

  bool object_stored = false;
  for (const FindingRecord& f : r.findings) {
    const Known known = finding_of(*database, f, job.configuration, now, fresh);
    const bool best =
        !known.best || (!r.object.empty() && (known.best_bytes == 0 || r.object.size() < known.best_bytes));
    const bool with_evidence = best || wants_evidence(*database, known.id);
    const auto evidence = [&](const std::string& lines) {
      return with_evidence ? std::optional<std::string>(lines) : std::nullopt;
    };
    Query(*database,
          "INSERT INTO occurrences (finding, compilation, seen, function, section, address, offset, severity, message, "
          "evidence, path) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          known.id, compilation, now, text(f.function), text(f.section), f.address, f.offset, f.severity,
          text(f.message), evidence(f.evidence), evidence(f.path))
        .run();
    if (!best) continue;
    Query(*database, "UPDATE findings SET best = ?, best_bytes = ? WHERE id = ?",
          database->handle().getLastInsertRowid(), static_cast<uint64_t>(r.object.size()), known.id)
        .run();
    if (!r.object.empty() && !object_stored) {
      const std::string bytes = compressed(r.object);
      Query(*database, "INSERT INTO objects (compilation, zstd) VALUES (?, ?)", compilation, Query::Bytes(bytes)).run();
      object_stored = true;
    }
    if (known.best) drop_object_unless_shown(*database, *known.best);
  }
  return compilation;
}

StoreResult<std::vector<std::string>> Store::add(int64_t campaign, const std::vector<Job>& jobs) {
  return impl_->writing([&] {
    std::vector<std::string> fresh;
    const int64_t now = unix_now();
    for (const Job& job : jobs) impl_->add(campaign, job, now, fresh);
    return fresh;
  });
}

}  // namespace objhound::results
