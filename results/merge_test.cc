// Shards united: nothing lost, nothing counted twice.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "results/database.h"
#include "results/store.h"
#include "results/test_data.h"

namespace objhound::results {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

class MergeTest : public testing::Test {
 protected:
  // A shard of the sample campaign that did these seeds; every seed is a finding of its own, and all show "common".
  std::string shard(const std::string& name, const std::vector<uint64_t>& seeds, const std::string& started = "",
                    const std::string& version = "12.2.0") {
    const std::string path = directory_.path(name);
    Store store = must(Store::open(path));
    CampaignRecord campaign = sample_campaign();
    if (!started.empty()) campaign.started = started;
    const int64_t id = must(store.begin_campaign(campaign));
    ConfigurationRecord gcc = sample_configuration("gcc-12", "-O2");
    gcc.version = version;
    const int64_t configuration = must(store.intern_configuration(gcc));
    for (uint64_t seed : seeds) {
      CompilationRecord r = with_finding(with_finding(sample_compilation(), std::to_string(seed)), "common");
      r.object = std::string(1000 + seed, 'o');
      r.detail = "warning " + std::to_string(seed);
      r.unproved_functions = {{"f", "indirect-jump", seed, ""}};
      must(store.add(id, {{must(store.intern_program(id, sample_program(seed))), configuration, r}}));
    }
    ProgramRecord failed = sample_program(1000 + seeds.front());
    failed.failure = "timed out";
    must(store.intern_program(id, failed));
    must(store.finish_campaign(id, 10));
    return path;
  }

  TempDirectory directory_;
  std::string path_ = directory_.path("all.db");
};

TEST_F(MergeTest, ShardsBecomeOneCampaign) {
  const std::string one = shard("1.db", {1, 3, 5}, "2025-11-21T02:00:00Z");
  const std::string two = shard("2.db", {2, 4}, "2025-11-21T02:00:07Z");
  Store all = must(Store::open(path_));
  must(all.merge(one));
  must(all.merge(two));
  const std::vector<CampaignRecord> campaigns = must(all.campaigns());
  ASSERT_THAT(campaigns, SizeIs(1));
  EXPECT_EQ(campaigns[0].started, "2025-11-21T02:00:00Z");
  EXPECT_NE(campaigns[0].finished, "");
  EXPECT_EQ(campaigns[0].seconds, 20);
  EXPECT_EQ(campaigns[0].programs, 5u);
  EXPECT_EQ(campaigns[0].failed_programs, 2u);
  EXPECT_THAT(must(all.done(1)), SizeIs(5));
  EXPECT_THAT(must(all.failed_seeds(1)), SizeIs(2));
  EXPECT_THAT(must(all.findings()), SizeIs(6));
  EXPECT_EQ(must(all.unproved_reasons(1)).at(0).functions, 5u);
  for (const FindingSummary& f : must(all.findings())) {
    if (f.fingerprint != "common") continue;
    EXPECT_EQ(f.occurrences, 5u);
    EXPECT_EQ(must(all.object_of(f.id)), std::string(1001, 'o'));
    EXPECT_EQ(must(all.occurrences(f.id, 1)).at(0).program.seed, 1u);
  }
}

TEST_F(MergeTest, TheOrderDoesNotMatterForWhatIsFound) {
  const std::string one = shard("1.db", {1, 3, 5});
  const std::string two = shard("2.db", {2, 4});
  Store forth = must(Store::open(directory_.path("forth.db")));
  Store back = must(Store::open(directory_.path("back.db")));
  must(forth.merge(one));
  must(forth.merge(two));
  must(back.merge(two));
  must(back.merge(one));
  const auto a = must(forth.findings()), b = must(back.findings());
  ASSERT_EQ(a.size(), b.size());
  std::map<std::string, uint64_t> counts;
  for (const FindingSummary& f : a) counts[f.fingerprint] = f.occurrences;
  for (const FindingSummary& f : b) {
    EXPECT_EQ(f.occurrences, counts[f.fingerprint]);
    EXPECT_EQ(must(back.object_of(f.id)).size(), f.fingerprint == "common" ? 1001 : 1000 + std::stoul(f.fingerprint));
  }
}

TEST_F(MergeTest, DoingItAgainChangesNothing) {
  const std::string one = shard("1.db", {1, 3, 5});
  Store all = must(Store::open(path_));
  must(all.merge(one));
  must(all.merge(one));
  EXPECT_THAT(must(all.campaigns()), SizeIs(1));
  EXPECT_EQ(must(all.campaigns())[0].seconds, 10);
  EXPECT_EQ(must(all.campaigns())[0].runs, 1u);
  EXPECT_EQ(must(all.matrix(0)).at(0).compilations, 3u);
  for (const FindingSummary& f : must(all.findings())) EXPECT_EQ(f.occurrences, f.fingerprint == "common" ? 3u : 1u);
}

TEST_F(MergeTest, ARepeatedCampaignIsAnotherOne) {
  Store all = must(Store::open(path_));
  must(all.merge(shard("monday.db", {1, 2}, "2025-11-17T02:00:00Z")));
  must(all.merge(shard("tuesday.db", {1, 2}, "2025-11-18T02:00:00Z")));
  must(all.merge(shard("new-compiler.db", {1, 2}, "2025-11-19T02:00:00Z", "12.3.0")));
  EXPECT_THAT(must(all.campaigns()), SizeIs(3));
  EXPECT_THAT(must(all.findings()), SizeIs(3));
  EXPECT_EQ(must(all.findings(2)).at(0).occurrences, 2u);
}

TEST_F(MergeTest, WorkThatWentOnAfterAMergeIsAdded) {
  const std::string one = shard("1.db", {1});
  Store all = must(Store::open(path_));
  must(all.merge(one));
  {
    Store store = must(Store::open(one));
    must(store.add(1, {{must(store.intern_program(1, sample_program(2))), 1, sample_compilation()}}));
  }
  must(all.merge(one));
  EXPECT_THAT(must(all.campaigns()), SizeIs(1));
  EXPECT_THAT(must(all.done(1)), SizeIs(2));
}

TEST_F(MergeTest, TheFurtherTriageCounts) {
  const std::string one = shard("1.db", {1});
  const std::string two = shard("2.db", {2});
  const auto common = [](Store& store) {
    for (const FindingSummary& f : must(store.findings())) {
      if (f.fingerprint == "common") return f;
    }
    return FindingSummary{};
  };
  {
    Store store = must(Store::open(two));
    must(store.set_status(common(store).id, "reported", 12));
  }
  Store all = must(Store::open(one));
  must(all.merge(two));
  EXPECT_EQ(common(all).status, "reported");
  EXPECT_EQ(common(all).source, "DWARF 5, 6.4");
  EXPECT_EQ(common(all).reduced_lines, 12);
}

TEST_F(MergeTest, WhatCannotBeMergedChangesNothing) {
  Store all = must(Store::open(shard("1.db", {1})));
  EXPECT_THAT(all.merge(directory_.path("1.db")).error(), HasSubstr("merge into"));
  EXPECT_THAT(all.merge(directory_.path("none.db")).error(), HasSubstr("no such database"));
  const std::string damaged = shard("2.db", {2});
  {
    SQLite::Database raw(damaged, SQLite::OPEN_READWRITE);
    raw.exec("PRAGMA foreign_keys = OFF");
    raw.exec("UPDATE compilations SET configuration = 77");
  }
  EXPECT_THAT(all.merge(damaged).error(), HasSubstr("2.db: is damaged"));
  EXPECT_THAT(must(all.campaigns()), SizeIs(1));
  EXPECT_THAT(must(all.findings()), SizeIs(2));
}

}  // namespace
}  // namespace objhound::results
