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

int gravity(std::string_view severity) { return severity == "violation" ? 2 : severity == "suspect" ? 1 : 0; }

int64_t Store::Impl::finding_of(const FindingRecord& f, int64_t configuration, int64_t now,
                                std::vector<std::string>& fresh) {
  Query find(*database, "SELECT id, severity, statement FROM findings WHERE fingerprint = ?", f.fingerprint);
  if (!find.next()) {
    Query(*database,
          "INSERT INTO findings (fingerprint, rule, slug, severity, statement, source, arch, first_seen, "
          "fingerprint_version, cause) SELECT ?1, ?2, ?3, ?4, ?5, ?6, arch, ?7, ?9, ?10 FROM configurations "
          "WHERE id = ?8",
          f.fingerprint, f.rule, f.slug, f.severity, text_or_null(f.statement), text_or_null(f.source), now,
          configuration, f.fingerprint_version, text_or_null(f.cause))
        .run();
    fresh.push_back(f.fingerprint);
    return database->handle().getLastInsertRowid();
  }
  const int64_t id = find.integer(0);
  if (gravity(f.severity) > gravity(find.text(1))) {
    Query(*database, "UPDATE findings SET severity = ? WHERE id = ?", f.severity, id).run();
  }
  if (find.null(2)) {  // stored before rules were
    Query(*database, "UPDATE findings SET statement = ?, source = ? WHERE id = ?", text_or_null(f.statement),
          text_or_null(f.source), id)
        .run();
  }
  return id;
}

bool Store::Impl::make_best(int64_t finding, int64_t occurrence, uint64_t object_bytes) {
  Query find(*database,
             "SELECT f.best, f.best_bytes, coalesce(b.severity, ''), n.severity FROM occurrences n "
             "JOIN findings f ON f.id = ?1 LEFT JOIN occurrences b ON b.id = f.best WHERE n.id = ?2",
             finding, occurrence);
  if (!find.next()) return false;
  const bool first = find.null(0);
  const bool smaller = object_bytes != 0 && (find.natural(1) == 0 || object_bytes < find.natural(1));
  // What is shown of a violation must be one: elsewhere the same may rest on an approximation.
  const int graver = gravity(find.text(3)) - gravity(find.text(2));
  if (!first && (graver < 0 || (graver == 0 && !smaller))) return false;
  const int64_t before = find.integer(0);
  Query(*database, "UPDATE findings SET best = ?, best_bytes = ? WHERE id = ?", occurrence, object_bytes, finding)
      .run();
  if (!first) drop_object_unless_shown(*database, before);
  return true;
}

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

  bool shows_object = false;
  for (const FindingRecord& f : r.findings) {
    const int64_t finding = finding_of(f, job.configuration, now, fresh);
    const bool with_evidence = wants_evidence(*database, finding);
    Query(*database,
          "INSERT INTO occurrences (finding, compilation, seen, function, section, address, offset, severity, message) "
          "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
          finding, compilation, now, text(f.function), text(f.section), f.address, f.offset, f.severity,
          text(f.message))
        .run();
    const int64_t occurrence = database->handle().getLastInsertRowid();
    const bool best = make_best(finding, occurrence, r.object.size());
    if (best || with_evidence) {
      Query(*database, "UPDATE occurrences SET evidence = ?, path = ? WHERE id = ?", f.evidence, f.path, occurrence)
          .run();
    }
    shows_object |= best && !r.object.empty();
  }
  reach(campaign, job.program, job.configuration, r.features);
  if (shows_object) {
    const std::string bytes = compressed(r.object);
    Query(*database, "INSERT INTO objects (compilation, zstd) VALUES (?, ?)", compilation, Query::Bytes(bytes)).run();
  }
  return compilation;
}

StoreResult<std::vector<std::string>> Store::add(int64_t campaign, const std::vector<Job>& jobs) {
  return impl_->writing([&] {
    std::vector<std::string> fresh;
    const int64_t now = unix_now();
    for (const Job& job : jobs) impl_->add(campaign, job, now, fresh);
    impl_->note_run(campaign);
    return fresh;
  });
}

}  // namespace objhound::results
