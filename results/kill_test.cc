// kill -9 of a writer at any moment: every batch that add() has acknowledged is there afterwards, whole; one that was
// under way is there whole or not at all.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>

#include "results/database.h"
#include "results/store.h"
#include "results/test_data.h"

namespace objhound::results {
namespace {

using testing::AnyOf;
using testing::Eq;

constexpr uint64_t kBatch = 10;  // jobs

// Adds batch after batch for ever, and says so with a byte after each.
[[noreturn]] void write_batches(const std::string& path, int acknowledge) {
  Store store = must(Store::open(path));
  const int64_t campaign = must(store.begin_campaign(sample_campaign()));
  const int64_t gcc = must(store.intern_configuration(sample_configuration("gcc-12", "-O2")));
  const uint64_t first = must(store.done(campaign)).size();
  for (uint64_t seed = first;; seed += kBatch) {
    std::vector<Store::Job> jobs;
    for (uint64_t s = seed; s < seed + kBatch; ++s) {
      CompilationRecord record = with_finding(sample_compilation(), std::to_string(s));
      record.object.assign(20'000, static_cast<char>(s));
      jobs.push_back({must(store.intern_program(campaign, sample_program(s))), gcc, record});
    }
    must(store.add(campaign, jobs));
    if (write(acknowledge, "", 1) != 1) _exit(1);
  }
}

// Lets a writer be killed after it has acknowledged `batches` and a while; how many it had acknowledged.
uint64_t killed_writer(const std::string& path, uint64_t batches, useconds_t later) {
  int ends[2];
  if (pipe(ends) != 0) return 0;
  const pid_t child = fork();
  if (child == 0) {
    close(ends[0]);
    try {
      write_batches(path, ends[1]);
    } catch (const std::exception& error) {
      fprintf(stderr, "writer: %s\n", error.what());
    }
    _exit(1);
  }
  close(ends[1]);
  uint64_t acknowledged = 0;
  std::array<char, 64> bytes;
  while (acknowledged < batches) {
    const ssize_t n = read(ends[0], bytes.data(), 1);
    if (n <= 0) break;
    acknowledged += static_cast<uint64_t>(n);
  }
  usleep(later);
  kill(child, SIGKILL);
  for (ssize_t n = 0; (n = read(ends[0], bytes.data(), bytes.size())) > 0;) acknowledged += static_cast<uint64_t>(n);
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
  return acknowledged;
}

TEST(KillTest, AcknowledgedBatchesSurviveAndTheNextRunGoesOn) {
  const TempDirectory directory;
  const std::string path = directory.path("run.db");
  uint64_t stored = 0;
  for (useconds_t round = 0; round < 12; ++round) {
    const uint64_t acknowledged = killed_writer(path, 1 + round % 3, round * 1'700);
    const Store store = must(Store::open(path));
    const std::set<std::pair<uint64_t, int64_t>> done = must(store.done(1));
    // The batch that was under way may have been committed just before its acknowledgement.
    EXPECT_THAT(done.size(), AnyOf(Eq(stored + acknowledged * kBatch), Eq(stored + (acknowledged + 1) * kBatch)));
    EXPECT_EQ(must(store.findings()).size(), done.size());
    stored = done.size();
    const std::vector<CampaignRecord> campaigns = must(store.campaigns());
    ASSERT_EQ(campaigns.size(), 1u);
    EXPECT_EQ(campaigns[0].runs, round + 1);
    EXPECT_GT(campaigns[0].seconds, 0);
    EXPECT_EQ(campaigns[0].finished, "");
  }
  const Store store = must(Store::open_read_only(path));
  for (const FindingSummary& f : must(store.findings())) {
    EXPECT_EQ(must(store.object_of(f.id)), std::string(20'000, static_cast<char>(std::stoull(f.fingerprint))));
  }
  EXPECT_EQ(SQLite::Database(path, SQLite::OPEN_READWRITE).execAndGet("PRAGMA integrity_check").getString(), "ok");
}

}  // namespace
}  // namespace objhound::results
