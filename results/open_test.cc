// Files that are no database of ours, or no longer, or not for us to write.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <functional>
#include <sstream>

#include "results/database.h"
#include "results/schema.h"
#include "results/store.h"
#include "results/test_data.h"

namespace objhound::results {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::Pair;
using testing::SizeIs;

constexpr int kImpatient = 50;  // milliseconds

std::string read(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

void write(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

// Some campaigns' worth of rows, so that the file has inner pages, too.
void fill(const std::string& path, uint64_t programs) {
  Store store = must(Store::open(path));
  const int64_t campaign = must(store.begin_campaign(sample_campaign()));
  const int64_t gcc = must(store.intern_configuration(sample_configuration("gcc-12", "-O2")));
  std::vector<Store::Job> jobs;
  for (uint64_t seed = 1; seed <= programs; ++seed) {
    const int64_t program = must(store.intern_program(campaign, sample_program(seed)));
    CompilationRecord record = sample_compilation();
    if (seed % 3 == 0) record = with_finding(record, "finding-" + std::to_string(seed));
    record.unproved_functions = {{"f" + std::to_string(seed), "indirect-jump", seed, "detail"}};
    jobs.push_back({program, gcc, record});
  }
  must(store.add(campaign, jobs));
}

// Every query there is; errors are fine, crashes are not.
void query_everything(const Store& store) {
  (void)store.campaigns();
  (void)store.configurations(0);
  (void)store.matrix(0);
  (void)store.unproved_reasons(0);
  (void)store.failures(0);
  (void)store.done(1);
  (void)store.failed_seeds(1);
  const auto findings = store.findings();
  if (!findings) return;
  for (const FindingSummary& f : *findings) {
    (void)store.finding(f.id);
    (void)store.occurrences(f.id, 10);
    (void)store.object_of(f.id);
  }
}

// What `work` returns, computed in a child that may change who and what it is.
std::string in_child(const std::function<std::string()>& work) {
  int pipe_ends[2];
  if (pipe(pipe_ends) != 0) return "no pipe";
  const pid_t child = fork();
  if (child == 0) {
    const std::string text = work();
    (void)!::write(pipe_ends[1], text.data(), text.size());
    _exit(0);
  }
  close(pipe_ends[1]);
  std::string text;
  char block[4096];
  for (ssize_t n = 0; (n = ::read(pipe_ends[0], block, sizeof block)) > 0;) text.append(block, static_cast<size_t>(n));
  close(pipe_ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? text : "killed by signal " + std::to_string(WTERMSIG(status));
}

std::string error_of(const StoreResult<Store>& result) { return result ? "no error" : result.error(); }

class OpenTest : public testing::Test {
 protected:
  TempDirectory directory_;
  std::string path_ = directory_.path("run.db");
};

TEST_F(OpenTest, WhatIsStoredIsThereAfterReopening) {
  fill(path_, 10);
  const Store store = must(Store::open(path_));
  EXPECT_THAT(must(store.done(1)), SizeIs(10));
  EXPECT_THAT(must(store.findings()), SizeIs(3));
}

TEST_F(OpenTest, AnotherFileIsLeftAlone) {
  const std::string text(5000, 'x');
  write(path_, text);
  EXPECT_THAT(error_of(Store::open(path_)), AllOf(HasSubstr(path_), HasSubstr("no objhound database")));
  EXPECT_THAT(error_of(Store::open_read_only(path_)), HasSubstr("no objhound database"));
  EXPECT_EQ(read(path_), text);
}

TEST_F(OpenTest, AnotherProgramsDatabaseIsLeftAlone) {
  {
    SQLite::Database(path_, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE).exec("CREATE TABLE birds (name TEXT)");
  }
  const std::string before = read(path_);
  EXPECT_THAT(error_of(Store::open(path_)), AllOf(HasSubstr(path_), HasSubstr("another program")));
  EXPECT_EQ(read(path_), before);
}

TEST_F(OpenTest, ANewerSchemaIsRefused) {
  fill(path_, 1);
  SQLite::Database(path_, SQLite::OPEN_READWRITE).exec("PRAGMA user_version = 99");
  EXPECT_THAT(error_of(Store::open(path_)), AllOf(HasSubstr(path_), HasSubstr("newer objhound"), HasSubstr("99")));
  EXPECT_THAT(error_of(Store::open_read_only(path_)), HasSubstr("newer objhound"));
}

TEST_F(OpenTest, ForeignPartsInTheSchemaAreRefused) {
  for (const char* sql :
       {"CREATE TRIGGER t AFTER INSERT ON compilations BEGIN DELETE FROM findings; END", "CREATE VIEW v AS SELECT 1",
        "DROP INDEX programs_by_seed", "ALTER TABLE findings ADD COLUMN x TEXT DEFAULT (hex(randomblob(9)))"}) {
    std::filesystem::remove(path_);
    fill(path_, 1);
    SQLite::Database(path_, SQLite::OPEN_READWRITE).exec(sql);
    EXPECT_THAT(error_of(Store::open(path_)), AllOf(HasSubstr(path_), HasSubstr("tables"))) << sql;
  }
}

TEST_F(OpenTest, StatisticsOfTheSqliteShellAreFine) {
  fill(path_, 1);
  SQLite::Database(path_, SQLite::OPEN_READWRITE).exec("ANALYZE");
  EXPECT_EQ(error_of(Store::open(path_)), "no error");
}

TEST_F(OpenTest, VersionOneIsMigrated) {
  {
    SQLite::Database old(path_, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    apply_migrations(old, 1);
    old.exec(R"sql(
      INSERT INTO texts VALUES (1, 'func_1'), (2, '.text'), (3, 'message'), (4, 'indirect-jump');
      INSERT INTO campaigns VALUES (1, 'csmith', '', '0.1.0', 1, 9, '2025-11-21T02:00:00Z', '2025-11-21T02:03:00Z', 180);
      INSERT INTO generators VALUES (1, 'csmith', '2.3.0', '');
      INSERT INTO programs VALUES (1, 1, 7, 'csmith --seed 7', 1000, NULL);
      INSERT INTO configurations VALUES (1, 'gcc-12 -O2', 'gcc-12', 'gcc-12', '12', 'x86-64', '-O2', 'default', '-O2');
      INSERT INTO compilations VALUES (1, 1, 1, 1, 0, NULL, 1, 1, NULL, 1, 2, 0, 1, 1, 20, NULL);
      INSERT INTO unproved VALUES (1, 1, 4, 8, NULL);
      INSERT INTO findings VALUES (1, 'aa', 'OH301', 'cfa-wrong', 'violation', 'x86-64', 'known', 1763690400, 12, NULL, 0);
      INSERT INTO occurrences VALUES (1, 1, 1, 1763690400, 1, 2, 0, 4, 'violation', 3, 'lines', 'path');
      UPDATE findings SET best = 1;
    )sql");
  }
  const std::string before = read(path_);
  const auto expect_all = [](const Store& store) {
    EXPECT_THAT(must(store.done(1)), ElementsAre(Pair(7, 1)));
    EXPECT_EQ(must(store.campaigns()).at(0).seconds, 180);
    EXPECT_EQ(must(store.campaigns()).at(0).runs, 1u);
    const FindingSummary finding = must(store.findings()).at(0);
    EXPECT_EQ(finding.status, "known");
    EXPECT_EQ(finding.evidence, "lines");
    EXPECT_EQ(finding.first_seen, "2025-11-21T02:00:00Z");
    EXPECT_EQ(finding.fingerprint_version, 1);
    EXPECT_THAT(must(store.unproved_reasons(1)), SizeIs(1));
  };
  expect_all(must(Store::open_read_only(path_)));
  EXPECT_EQ(read(path_), before);  // migrated in memory
  expect_all(must(Store::open(path_)));
  {  // an old finding that is seen again learns what its rule demands
    Store store = must(Store::open(path_));
    const int64_t campaign = must(store.begin_campaign(sample_campaign()));
    must(store.add(campaign, {{.program = must(store.intern_program(campaign, sample_program(8))),
                               .configuration = must(store.intern_configuration(sample_configuration("gcc-12", "-O1"))),
                               .record = with_finding(sample_compilation(), "aa")}}));
    EXPECT_EQ(must(store.findings()).at(0).statement, "The CFA is where the row says.");
  }
  SQLite::Database now(path_, SQLite::OPEN_READONLY);
  EXPECT_EQ(now.execAndGet("PRAGMA user_version").getInt64(), current_version());
  EXPECT_EQ(now.execAndGet("PRAGMA integrity_check").getString(), "ok");
  SQLite::Statement dangling(now, "PRAGMA foreign_key_check");
  EXPECT_FALSE(dangling.executeStep());
}

// FNV-1a, 64 bits.
uint64_t hash(std::string_view text) {
  uint64_t value = 0xcbf29ce484222325;
  for (unsigned char c : text) value = (value ^ c) * 0x100000001b3;
  return value;
}

// Databases out there were made by these very words; a change is a new step at the end, with a new line here.
TEST(SchemaTest, StepsThatWereReleasedStayAsTheyAre) {
  std::vector<uint64_t> hashes;
  for (const char* step : migrations()) hashes.push_back(hash(step));
  EXPECT_THAT(hashes, ElementsAre(8585257087675118503U, 15900590003183799097U, 15438093287384206899U,
                                  8349742830720840207U, 2805782474963236957U, 16905341518838703970U));
}

TEST_F(OpenTest, AMigrationThatFailsChangesNothing) {
  {
    SQLite::Database old(path_, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    apply_migrations(old, 1);
    old.exec("CREATE TABLE failed_programs (in_the_way INTEGER)");  // the second step meets it at its end
  }
  SQLite::Database old(path_, SQLite::OPEN_READWRITE);
  EXPECT_THROW(apply_migrations(old, current_version()), SQLite::Exception);
  EXPECT_EQ(old.execAndGet("PRAGMA user_version").getInt64(), 1);
  EXPECT_EQ(old.execAndGet("SELECT count(*) FROM pragma_table_info('campaigns') WHERE name = 'seconds'").getInt(), 1);
}

TEST_F(OpenTest, TruncatedAndDamagedFilesNeverCrash) {
  fill(path_, 200);
  const std::string whole = read(path_);
  ASSERT_GT(whole.size(), 60'000u);
  const std::string copy = directory_.path("copy.db");
  const auto try_all = [&](const std::string& bytes) {
    std::filesystem::remove(copy + "-wal");
    std::filesystem::remove(copy + "-shm");
    write(copy, bytes);
    for (const auto& opened : {Store::open_read_only(copy), Store::open(copy)}) {
      if (opened) {
        query_everything(*opened);
      } else {
        EXPECT_THAT(opened.error(), HasSubstr(copy));
      }
    }
    Store into = must(Store::open(directory_.path("into.db")));
    const auto merged = into.merge(copy);
    EXPECT_THAT(merged ? "copy.db" : merged.error(), HasSubstr("copy.db"));
  };
  for (size_t size : {size_t{1}, size_t{16}, size_t{99}, size_t{100}, size_t{4096}, size_t{5000}, whole.size() / 2,
                      whole.size() - 4096, whole.size() - 1}) {
    try_all(whole.substr(0, size));
  }
  uint64_t state = 88172645463325252;  // xorshift: the same damage every time
  const auto draw = [&](size_t below) {
    state ^= state << 13, state ^= state >> 7, state ^= state << 17;
    return state % below;
  };
  for (int round = 0; round < 60; ++round) {
    std::string bytes = whole;
    for (int flips = 0; flips < 1 + round % 20; ++flips) bytes[draw(bytes.size())] ^= static_cast<char>(1 + draw(255));
    try_all(bytes);
  }
}

TEST_F(OpenTest, DamageIsNamedWithARemedy) {
  fill(path_, 200);
  std::string bytes = read(path_);
  for (size_t page = 5; page < 12; ++page) bytes.replace(page * 4096, 64, std::string(64, '\xee'));
  write(path_, bytes);
  EXPECT_THAT(error_of(Store::open(path_)), AllOf(HasSubstr(path_), HasSubstr("damaged"), HasSubstr(".recover")));
}

TEST_F(OpenTest, ADamagedObjectIsAnError) {
  fill(path_, 3);
  for (const char* blob : {"x'28b52ffd'", "x''", "zeroblob(100)", "x'28b52ffda0ffffffff0100000000'"}) {
    SQLite::Database(path_, SQLite::OPEN_READWRITE).exec(std::string("UPDATE objects SET zstd = ") + blob);
    const Store store = must(Store::open_read_only(path_));
    const auto object = store.object_of(1);
    ASSERT_FALSE(object) << blob;
    EXPECT_THAT(object.error(), AllOf(HasSubstr(path_), HasSubstr("damaged"))) << blob;
  }
}

TEST_F(OpenTest, ALockedDatabaseSaysSo) {
  fill(path_, 1);
  Store store = must(Store::open(path_, kImpatient));
  SQLite::Database other(path_, SQLite::OPEN_READWRITE);
  other.exec("BEGIN IMMEDIATE");
  const auto result = store.begin_campaign(sample_campaign());
  ASSERT_FALSE(result);
  EXPECT_THAT(result.error(), AllOf(HasSubstr(path_), HasSubstr("another objhound")));
  other.exec("COMMIT");
  EXPECT_TRUE(store.begin_campaign(sample_campaign()));
}

TEST_F(OpenTest, AReaderSeesOneMomentWhileAnotherWrites) {
  fill(path_, 5);
  Store writer = must(Store::open(path_));
  const Store reader = must(Store::open_read_only(path_));
  const int64_t campaign = must(writer.begin_campaign(sample_campaign()));
  const int64_t program = must(writer.intern_program(campaign, sample_program(99)));
  must(writer.add(campaign, {{program, 1, with_finding(sample_compilation(), "new")}}));
  EXPECT_THAT(must(reader.done(campaign)), SizeIs(5));
  EXPECT_THAT(must(Store::open_read_only(path_).map([&](const Store& s) { return must(s.done(campaign)); })),
              SizeIs(6));
}

TEST_F(OpenTest, ReadersNeedNoWritableDirectoryWritersDo) {
  fill(path_, 5);
  chmod(directory_.path("").c_str(), 0555);
  const auto as_nobody = [&](const std::function<std::string()>& work) {
    return in_child([&]() -> std::string {
      if (geteuid() == 0 && setuid(65534) != 0) return "cannot become nobody";
      return work();
    });
  };
  EXPECT_EQ(as_nobody([&] {
              const auto store = Store::open_read_only(path_);
              return store ? std::to_string(must(store->done(1)).size()) : store.error();
            }),
            "5");
  EXPECT_THAT(as_nobody([&] { return error_of(Store::open(path_)); }), AllOf(HasSubstr(path_), HasSubstr("writable")));
  const std::string fresh = directory_.path("fresh.db");
  EXPECT_THAT(as_nobody([&] { return error_of(Store::open(fresh)); }), HasSubstr(fresh));
  chmod(directory_.path("").c_str(), 0755);
}

TEST_F(OpenTest, ReadersLeaveNothingBehind) {
  fill(path_, 5);
  const std::string before = read(path_);
  {
    EXPECT_THAT(must(must(Store::open_read_only(path_)).done(1)), SizeIs(5));
  }
  EXPECT_EQ(read(path_), before);
  EXPECT_FALSE(std::filesystem::exists(path_ + "-wal"));
  EXPECT_FALSE(std::filesystem::exists(path_ + "-shm"));
}

TEST_F(OpenTest, NamesThatAreNoDatabaseFiles) {
  EXPECT_THAT(error_of(Store::open("")), HasSubstr("--db"));
  EXPECT_THAT(error_of(Store::open(directory_.path(""))), HasSubstr("no regular file"));
  EXPECT_THAT(error_of(Store::open("/dev/null")), HasSubstr("no regular file"));
  EXPECT_THAT(error_of(Store::open(directory_.path("no/such/run.db"))), HasSubstr("mkdir -p"));
  EXPECT_THAT(error_of(Store::open_read_only(path_)), HasSubstr("no such database"));
  EXPECT_FALSE(std::filesystem::exists(path_));
  write(path_, "");
  EXPECT_THAT(error_of(Store::open_read_only(path_)), HasSubstr("empty"));
  EXPECT_EQ(error_of(Store::open(path_)), "no error");
}

TEST_F(OpenTest, NamesAreNotSqlitesSpecialNames) {
  for (const std::string name : {"file:x.db?mode=memory", ":memory:", "a b%20'\"?#.db"}) {
    fill(directory_.path(name), 2);
    EXPECT_TRUE(std::filesystem::exists(directory_.path(name))) << name;
    EXPECT_THAT(must(must(Store::open_read_only(directory_.path(name))).done(1)), SizeIs(2)) << name;
  }
}

TEST_F(OpenTest, AFileThatMayNotGrowIsAnErrorAndLosesNothing) {
  fill(path_, 5);
  const std::string error = in_child([&]() -> std::string {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit small = {256 << 10, 256 << 10};
    setrlimit(RLIMIT_FSIZE, &small);
    Store store = must(Store::open(path_));
    for (uint64_t seed = 100; seed < 2000; ++seed) {
      const auto program = store.intern_program(1, sample_program(seed));
      if (!program) return program.error();
      const auto added = store.add(1, {{*program, 1, with_finding(sample_compilation(), std::to_string(seed))}});
      if (!added) return added.error();
    }
    return "no error";
  });
  EXPECT_THAT(error, AllOf(HasSubstr(path_), Not(HasSubstr("no error"))));
  EXPECT_GE(must(must(Store::open(path_)).done(1)).size(), 5u);
}

TEST(ExplainTest, EveryErrorNamesTheFileAndTheRemedy) {
  const auto text = [](int code) { return explain("dir/x.db", SQLite::Exception("why", code)); };
  EXPECT_THAT(text(SQLITE_FULL), AllOf(HasSubstr("dir/x.db"), HasSubstr("disk is full"), HasSubstr("make room")));
  EXPECT_THAT(text(SQLITE_READONLY), AllOf(HasSubstr("dir/x.db"), HasSubstr("writable")));
  EXPECT_THAT(text(SQLITE_READONLY_DIRECTORY), HasSubstr("writable"));
  EXPECT_THAT(text(SQLITE_CORRUPT_VTAB), HasSubstr("damaged"));
  EXPECT_THAT(text(SQLITE_IOERR_WRITE), AllOf(HasSubstr("dir/x.db"), HasSubstr("why"), HasSubstr("quota")));
  EXPECT_THAT(text(SQLITE_BUSY_SNAPSHOT), HasSubstr("wait for it"));
}

}  // namespace
}  // namespace objhound::results
