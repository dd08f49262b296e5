// Opening, campaigns, and the tables of names (texts, generators, programs, configurations) behind the rows.
#include "results/store.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <random>
#include <string_view>
#include <utility>

#include "results/store_impl.h"

namespace objhound::results {

namespace {

// Words repeat (func_1, "indirect-jump"); beyond this many in one run, details that do not repeat fill the memory.
constexpr size_t kRememberedTexts = 1 << 16;

// 128 bits that no other run has.
std::string random_name() {
  std::random_device source;
  return fmt::format("{:08x}{:08x}{:08x}{:08x}", source(), source(), source(), source());
}

}  // namespace

int64_t unix_now() {
  return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

std::string iso_time(int64_t unix_seconds) {
  // Years 1970 to 9999; what a damaged database holds beyond is cut, as gmtime may refuse it.
  const int64_t seconds = std::clamp<int64_t>(unix_seconds, 0, 253402300799);
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(static_cast<std::time_t>(seconds)));
}

Store::Store(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;
const std::string& Store::path() const { return impl_->database->path(); }

StoreResult<Store> Store::open(const std::string& path, int busy_milliseconds) {
  return attempt(
      path, [&] { return Store(std::make_unique<Impl>(Database::open(path, busy_milliseconds), busy_milliseconds)); });
}

StoreResult<Store> Store::open_read_only(const std::string& path, int busy_milliseconds) {
  return attempt(path, [&] {
    return Store(std::make_unique<Impl>(Database::open_read_only(path, busy_milliseconds), busy_milliseconds));
  });
}

int64_t Store::Impl::text(const std::string& text) {
  if (auto known = texts.find(text); known != texts.end()) return known->second;
  if (texts.size() >= kRememberedTexts) texts.clear();
  Query find(*database, "SELECT id FROM texts WHERE text = ?", text);
  if (find.next()) return texts[text] = find.integer(0);
  Query(*database, "INSERT INTO texts (text) VALUES (?)", text).run();
  return texts[text] = database->handle().getLastInsertRowid();
}

std::optional<int64_t> Store::Impl::text_or_null(const std::string& words) {
  if (words.empty()) return std::nullopt;
  return text(words);
}

int64_t Store::Impl::generator(const std::string& name, const std::string& version, const std::string& include_flags) {
  Query find(*database, "SELECT id FROM generators WHERE name = ? AND version = ? AND include_flags = ?", name, version,
             include_flags);
  if (find.next()) return find.integer(0);
  Query(*database, "INSERT INTO generators (name, version, include_flags) VALUES (?, ?, ?)", name, version,
        include_flags)
      .run();
  return database->handle().getLastInsertRowid();
}

int64_t Store::Impl::configuration(const ConfigurationRecord& r) {
  Query find(*database,
             "SELECT id FROM configurations WHERE name = ? AND compiler = ? AND executable = ? AND version = ? "
             "AND arch = ? AND level = ? AND flag_set = ? AND flags = ?",
             r.name, r.compiler, r.executable, r.version, r.arch, r.level, r.flag_set, r.flags);
  if (find.next()) return find.integer(0);
  Query(*database,
        "INSERT INTO configurations (name, compiler, executable, version, arch, level, flag_set, flags) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        r.name, r.compiler, r.executable, r.version, r.arch, r.level, r.flag_set, r.flags)
      .run();
  return database->handle().getLastInsertRowid();
}

void Store::Impl::refused_flags(const RefusedFlags& r) {
  Query(*database, "INSERT OR IGNORE INTO refused_flags (version, arch, units, complaint) VALUES (?, ?, ?, ?)",
        r.version, r.arch, r.units, r.complaint)
      .run();
}

// The same seed and options by the same generator are the same program; what became of it may change (a time-out).
int64_t Store::Impl::program(const ProgramRecord& r) {
  const int64_t made_by = generator(r.generator, r.generator_version, r.include_flags);
  const std::optional<int64_t> failure = text_or_null(r.failure);
  Query find(*database, "SELECT id FROM programs WHERE generator = ? AND seed = ? AND options = ?", made_by, r.seed,
             r.options);
  if (find.next()) {
    const int64_t id = find.integer(0);
    Query(*database, "UPDATE programs SET bytes = ?2, failure = ?3 WHERE id = ?1 AND (bytes, failure) IS NOT (?2, ?3)",
          id, r.bytes, failure)
        .run();
    return id;
  }
  Query(*database, "INSERT INTO programs (generator, seed, options, bytes, failure) VALUES (?, ?, ?, ?, ?)", made_by,
        r.seed, r.options, r.bytes, failure)
      .run();
  return database->handle().getLastInsertRowid();
}

void Store::Impl::note_run(int64_t campaign, std::optional<double> seconds) {
  const auto run = runs.find(campaign);
  if (run == runs.end()) return;
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - run->second.start;
  Query(*database, "UPDATE runs SET seconds = ? WHERE id = ?", seconds.value_or(elapsed.count()), run->second.id).run();
}

StoreResult<int64_t> Store::begin_campaign(const CampaignRecord& c) {
  Impl::Run run{0, std::chrono::steady_clock::now()};
  StoreResult<int64_t> id = impl_->writing([&] {
    Database& database = *impl_->database;
    int64_t campaign = 0;
    Query find(database,
               "SELECT id FROM campaigns WHERE generator = ? AND config = ? AND objhound_version = ? "
               "AND first_seed = ? AND finished = '' ORDER BY id DESC",
               c.generator, c.config, c.objhound_version, c.first_seed);
    if (find.next()) {
      campaign = find.integer(0);
      Query(database, "UPDATE campaigns SET last_seed = ? WHERE id = ?", c.last_seed, campaign).run();
    } else {
      Query(database,
            "INSERT INTO campaigns (generator, config, objhound_version, first_seed, last_seed, started) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            c.generator, c.config, c.objhound_version, c.first_seed, c.last_seed,
            c.started.empty() ? iso_time(unix_now()) : c.started)
          .run();
      campaign = database.handle().getLastInsertRowid();
    }
    Query(database, "INSERT INTO runs (campaign, uid, seconds) VALUES (?, ?, 0)", campaign, random_name()).run();
    run.id = database.handle().getLastInsertRowid();
    return campaign;
  });
  if (id) impl_->runs[*id] = run;
  return id;
}

StoreResult<void> Store::finish_campaign(int64_t campaign, double seconds) {
  return impl_->writing([&] {
    impl_->note_run(campaign, seconds);
    Query(*impl_->database, "UPDATE campaigns SET finished = ? WHERE id = ?", iso_time(unix_now()), campaign).run();
    if (impl_->database->handle().getChanges() == 0) {
      throw Failure(fmt::format("{}: there is no campaign {}", impl_->database->path(), campaign));
    }
  });
}

StoreResult<int64_t> Store::intern_configuration(const ConfigurationRecord& configuration) {
  return impl_->writing([&] { return impl_->configuration(configuration); });
}

StoreResult<void> Store::add_refused_flags(const RefusedFlags& refused) {
  return impl_->writing([&] { impl_->refused_flags(refused); });
}

StoreResult<int64_t> Store::intern_program(int64_t campaign, const ProgramRecord& program) {
  return impl_->writing([&] {
    const int64_t id = impl_->program(program);
    if (program.failure.empty()) {
      Query(*impl_->database, "DELETE FROM failed_programs WHERE campaign = ? AND program = ?", campaign, id).run();
    } else {
      Query(*impl_->database, "INSERT OR IGNORE INTO failed_programs (campaign, program) VALUES (?, ?)", campaign, id)
          .run();
    }
    return id;
  });
}

StoreResult<void> Store::set_status(int64_t finding, const std::string& status, std::optional<int64_t> reduced_lines) {
  static constexpr std::array<std::string_view, 5> kKnown = {"new", "reduced", "reported", "known", "fixed"};
  if (std::find(kKnown.begin(), kKnown.end(), status) == kKnown.end()) {
    return tl::unexpected(fmt::format("no status of a finding: {} (one of {})", status, fmt::join(kKnown, ", ")));
  }
  return impl_->writing([&] {
    Query(*impl_->database, "UPDATE findings SET status = ?, reduced_lines = ? WHERE id = ?", status, reduced_lines,
          finding)
        .run();
    if (impl_->database->handle().getChanges() == 0) {
      throw Failure(
          fmt::format("{}: there is no finding {} (`objhound list` shows them)", impl_->database->path(), finding));
    }
  });
}

}  // namespace objhound::results
