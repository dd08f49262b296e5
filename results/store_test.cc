// What goes in comes out: campaigns, interning, findings by fingerprint, resumption.
#include "results/store.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "results/test_data.h"

namespace objhound::results {
namespace {

using namespace std::string_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;
using testing::SizeIs;

class StoreTest : public testing::Test {
 protected:
  TempDirectory directory_;
  std::string path_ = directory_.path("run.db");
  Store store_ = must(Store::open(path_));
  int64_t campaign_ = must(store_.begin_campaign(sample_campaign()));
  int64_t gcc_ = must(store_.intern_configuration(sample_configuration("gcc-12", "-O2")));
  int64_t clang_ = must(store_.intern_configuration(sample_configuration("clang-19", "-O0")));

  int64_t program(uint64_t seed) { return must(store_.intern_program(campaign_, sample_program(seed))); }
  std::vector<std::string> add(uint64_t seed, int64_t configuration, CompilationRecord record) {
    return must(store_.add(campaign_, {{program(seed), configuration, std::move(record)}}));
  }
};

TEST_F(StoreTest, CompilationsAreCountedByCell) {
  CompilationRecord crashed;
  crashed.outcome = Outcome::Crashed;
  crashed.detail = "in expand_expr, at expr.cc:1";
  add(1, gcc_, sample_compilation());
  add(2, gcc_, sample_compilation());
  add(1, clang_, crashed);
  const std::vector<MatrixCell> cells = must(store_.matrix(campaign_));
  ASSERT_THAT(cells, SizeIs(2));
  EXPECT_EQ(cells[0].compiler, "gcc-12");
  EXPECT_EQ(cells[0].level, "-O2");
  EXPECT_EQ(cells[0].arch, "x86-64");
  EXPECT_EQ(cells[0].ok, 2u);
  EXPECT_EQ(cells[0].functions, 2 * sample_compilation().functions);
  EXPECT_NEAR(cells[0].compile_seconds, 2 * sample_compilation().compile_seconds, 1e-6);
  EXPECT_EQ(cells[1].crashed, 1u);
  EXPECT_EQ(cells[1].ok, 0u);
  const auto failures = must(store_.failures(0));
  ASSERT_THAT(failures, SizeIs(1));
  EXPECT_EQ(failures[0].outcome, Outcome::Crashed);
  EXPECT_EQ(failures[0].detail, crashed.detail);
  EXPECT_EQ(failures[0].example_seed, 1u);
}

TEST_F(StoreTest, TheSameWorkIsStoredOnce) {
  EXPECT_THAT(add(1, gcc_, with_finding(sample_compilation(), "aa")), ElementsAre("aa"));
  EXPECT_THAT(add(1, gcc_, with_finding(sample_compilation(), "bb")), IsEmpty());
  EXPECT_THAT(must(store_.done(campaign_)), ElementsAre(Pair(1, gcc_)));
  EXPECT_THAT(must(store_.findings()), SizeIs(1));
}

TEST_F(StoreTest, LastSeedIsTheGreatestOfTheGenerator) {
  EXPECT_EQ(must(store_.last_seed("csmith")), std::nullopt);
  add(7, gcc_, sample_compilation());
  add(3, gcc_, sample_compilation());
  EXPECT_EQ(must(store_.last_seed("csmith")), 7u);
  EXPECT_EQ(must(store_.last_seed("yarpgen")), std::nullopt);
  add(~uint64_t{0}, gcc_, sample_compilation());
  EXPECT_EQ(must(store_.last_seed("csmith")), ~uint64_t{0});
}

TEST_F(StoreTest, SeedsUseAll64Bits) {
  add(~uint64_t{0}, gcc_, sample_compilation());
  add(0, gcc_, sample_compilation());
  EXPECT_THAT(must(store_.done(campaign_)), ElementsAre(Pair(0, gcc_), Pair(~uint64_t{0}, gcc_)));
}

TEST_F(StoreTest, InterningGivesTheSameId) {
  EXPECT_EQ(must(store_.intern_configuration(sample_configuration("gcc-12", "-O2"))), gcc_);
  ConfigurationRecord updated = sample_configuration("gcc-12", "-O2");
  updated.version += " and a patch";
  EXPECT_NE(must(store_.intern_configuration(updated)), gcc_);
  EXPECT_EQ(program(7), program(7));
  EXPECT_NE(program(7), program(8));
}

TEST_F(StoreTest, AnUnfinishedCampaignIsContinuedAFinishedOneIsNot) {
  EXPECT_EQ(must(store_.begin_campaign(sample_campaign())), campaign_);
  CampaignRecord other = sample_campaign();
  other.config += "# changed\n";
  EXPECT_NE(must(store_.begin_campaign(other)), campaign_);
  must(store_.finish_campaign(campaign_, 12.5));
  EXPECT_NE(must(store_.begin_campaign(sample_campaign())), campaign_);
  const std::vector<CampaignRecord> all = must(store_.campaigns());
  ASSERT_THAT(all, SizeIs(3));
  EXPECT_EQ(all[0].seconds, 12.5);
  EXPECT_NE(all[0].finished, "");
  EXPECT_EQ(all[1].finished, "");
}

TEST_F(StoreTest, OneFindingPerFingerprintAcrossCampaigns) {
  EXPECT_THAT(add(1, gcc_, with_finding(sample_compilation(), "aa")), ElementsAre("aa"));
  EXPECT_THAT(add(1, clang_, with_finding(with_finding(sample_compilation(), "aa"), "bb")), ElementsAre("bb"));
  must(store_.finish_campaign(campaign_, 1));
  const int64_t second = must(store_.begin_campaign(sample_campaign()));
  EXPECT_THAT(must(store_.add(second, {{program(1), gcc_, with_finding(sample_compilation(), "aa")}})), IsEmpty());

  const std::vector<FindingSummary> all = must(store_.findings());
  ASSERT_THAT(all, SizeIs(2));
  EXPECT_EQ(all[0].fingerprint, "aa");
  EXPECT_EQ(all[0].occurrences, 3u);
  EXPECT_THAT(all[0].compilers, ElementsAre("clang-19", "gcc-12"));
  EXPECT_EQ(all[0].status, "new");
  EXPECT_FALSE(all[0].reduced_lines);
  const std::vector<FindingSummary> of_second = must(store_.findings(second));
  ASSERT_THAT(of_second, SizeIs(1));
  EXPECT_EQ(of_second[0].occurrences, 1u);
  EXPECT_THAT(must(store_.occurrences(all[0].id, 2)), SizeIs(2));
  EXPECT_FALSE(must(store_.finding(99)));
}

TEST_F(StoreTest, TheSmallestObjectIsKeptAndShown) {
  const auto record = [](size_t bytes, const std::string& function) {
    CompilationRecord r = with_finding(sample_compilation(), "aa");
    r.object.assign(bytes, 'o');
    r.findings[0].function = function;
    return r;
  };
  add(1, gcc_, record(5000, "large"));
  add(2, gcc_, record(100, "small"));
  add(3, gcc_, record(4000, "medium"));
  const FindingSummary finding = must(store_.findings()).at(0);
  EXPECT_EQ(finding.statement, "The CFA is where the row says.");
  EXPECT_EQ(finding.fingerprint_version, 2);
  EXPECT_EQ(finding.cause, "sp lowered, the row stays");
  EXPECT_EQ(finding.source, "DWARF 5, 6.4");
  EXPECT_EQ(finding.function, "small");
  EXPECT_EQ(must(store_.object_of(finding.id)), std::string(100, 'o'));
  EXPECT_EQ(must(store_.occurrences(finding.id, 10)).at(0).program.seed, 2u);
}

TEST_F(StoreTest, EvidenceOfACommonDefectIsKeptForAFew) {
  for (uint64_t seed = 1; seed <= 20; ++seed) add(seed, gcc_, with_finding(sample_compilation(), "aa"));
  size_t with_evidence = 0;
  for (const OccurrenceRecord& o : must(store_.occurrences(1, 100))) with_evidence += !o.finding.evidence.empty();
  EXPECT_EQ(must(store_.findings()).at(0).occurrences, 20u);
  EXPECT_GE(with_evidence, 1u);
  EXPECT_LE(with_evidence, 5u);
}

TEST_F(StoreTest, AGraverOccurrenceMakesTheFindingGraver) {
  CompilationRecord suspect = with_finding(sample_compilation(), "aa");
  suspect.findings[0].severity = "suspect";
  add(1, gcc_, suspect);
  EXPECT_EQ(must(store_.findings()).at(0).severity, "suspect");
  add(2, gcc_, with_finding(sample_compilation(), "aa"));
  EXPECT_EQ(must(store_.findings()).at(0).severity, "violation");
  add(3, gcc_, suspect);
  EXPECT_EQ(must(store_.findings()).at(0).severity, "violation");
}

// A violation is not shown by where it is a suspect, however small the object is.
TEST_F(StoreTest, TheBestOccurrenceIsAsGraveAsTheFinding) {
  CompilationRecord violation = with_finding(sample_compilation(), "aa"), suspect = violation;
  suspect.findings[0].severity = "suspect";
  suspect.findings[0].message = "perhaps";
  suspect.object = "small";
  violation.object = "a larger object";
  add(1, gcc_, suspect);
  EXPECT_EQ(must(store_.findings()).at(0).message, "perhaps");
  add(2, gcc_, violation);
  EXPECT_EQ(must(store_.findings()).at(0).message, violation.findings[0].message);
  EXPECT_EQ(must(store_.object_of(1)), "a larger object");
  add(3, gcc_, suspect);
  EXPECT_EQ(must(store_.findings()).at(0).message, violation.findings[0].message);
}

TEST_F(StoreTest, UnprovedReasonsAreRankedWithAnExample) {
  CompilationRecord r = sample_compilation();
  r.unproved_functions = {{"func_3", "indirect-jump", 24, "jmp *%rax"}, {"func_4", "inline-asm", 0, ""}};
  add(7, gcc_, r);
  r.unproved_functions.pop_back();
  add(8, clang_, r);
  const std::vector<ReasonCount> reasons = must(store_.unproved_reasons(campaign_));
  ASSERT_THAT(reasons, SizeIs(2));
  EXPECT_EQ(reasons[0].reason, "indirect-jump");
  EXPECT_EQ(reasons[0].functions, 2u);
  EXPECT_EQ(reasons[0].example, "seed 7, gcc-12 -O2, func_3+0x18: jmp *%rax");
  EXPECT_EQ(reasons[1].example, "seed 7, gcc-12 -O2, func_4+0x0");
  EXPECT_THAT(must(store_.unproved_reasons(campaign_ + 1)), IsEmpty());
}

TEST_F(StoreTest, WhatTheOracleCannotReadIsOurFailure) {
  CompilationRecord r = sample_compilation();
  r.check_error = "section .text: relocation beyond its end";
  add(1, gcc_, r);
  const auto failures = must(store_.failures(campaign_));
  ASSERT_THAT(failures, SizeIs(1));
  EXPECT_EQ(failures[0].outcome, Outcome::OurFailure);
  EXPECT_EQ(failures[0].detail, r.check_error);
}

TEST_F(StoreTest, AFailedCallStoresNothing) {
  const Store::Job good{program(1), gcc_, with_finding(sample_compilation(), "aa")};
  const Store::Job no_such_program{4711, gcc_, sample_compilation()};
  const auto result = store_.add(campaign_, {good, no_such_program});
  ASSERT_FALSE(result);
  EXPECT_THAT(result.error(), HasSubstr(path_));
  EXPECT_THAT(must(store_.findings()), IsEmpty());
  EXPECT_THAT(must(store_.done(campaign_)), IsEmpty());
  EXPECT_THAT(must(store_.add(campaign_, {good})), ElementsAre("aa"));  // the words it uses were rolled back, too
  EXPECT_EQ(must(store_.findings()).at(0).function, good.record.findings[0].function);
}

TEST_F(StoreTest, StatusIsOneOfTheKnown) {
  add(1, gcc_, with_finding(sample_compilation(), "aa"));
  must(store_.set_status(1, "reduced", 14));
  EXPECT_EQ(must(store_.findings()).at(0).status, "reduced");
  EXPECT_EQ(must(store_.findings()).at(0).reduced_lines, 14);
  const std::optional<FindingSummary> alone = must(store_.finding(1));
  EXPECT_EQ(alone.value_or(FindingSummary{}).status, "reduced");
  EXPECT_THAT(store_.set_status(1, "shiny", {}).error(), HasSubstr("shiny"));
  EXPECT_THAT(store_.set_status(2, "known", {}).error(), HasSubstr("no finding 2"));
}

TEST_F(StoreTest, NamesAreBytesNotSql) {
  const std::string nasty = "x'; DROP TABLE findings; --\0\xff\xfe\"%s\n<b>"s;
  CompilationRecord r = with_finding(sample_compilation(), nasty);
  r.detail = nasty;
  r.findings[0].function = r.findings[0].message = r.findings[0].evidence = nasty;
  r.unproved_functions = {{nasty, nasty, 1, nasty}};
  EXPECT_THAT(add(1, gcc_, r), ElementsAre(nasty));
  EXPECT_THAT(add(2, gcc_, r), IsEmpty());
  const FindingSummary finding = must(store_.findings()).at(0);
  EXPECT_EQ(finding.fingerprint, nasty);
  EXPECT_EQ(finding.function, nasty);
  EXPECT_EQ(finding.message, nasty);
  EXPECT_EQ(finding.evidence, nasty);
  EXPECT_EQ(must(store_.unproved_reasons(0)).at(0).reason, nasty);
}

TEST_F(StoreTest, RefusedFlagsAreKeptOnce) {
  const RefusedFlags refused{"gcc-12 (Debian) 12.2.0", "x86-64", "-O2 '-a -b'", "no such option"};
  ASSERT_TRUE(store_.add_refused_flags(refused));
  ASSERT_TRUE(store_.add_refused_flags(refused));
  const std::vector<RefusedFlags> known = must(store_.refused_flags());
  ASSERT_THAT(known, SizeIs(1));
  EXPECT_EQ(known[0].version, refused.version);
  EXPECT_EQ(known[0].arch, refused.arch);
  EXPECT_EQ(known[0].units, refused.units);
  EXPECT_EQ(known[0].complaint, refused.complaint);
}

// A campaign draws a new configuration for nearly every compilation; who reads of a finding sees a few names.
TEST_F(StoreTest, DrawnConfigurationsAreNamedTogether) {
  for (uint64_t seed = 1; seed <= 3; ++seed) {
    ConfigurationRecord drawn = sample_configuration("gcc-12", "-O2");
    drawn.flag_set = kSwarm;
    drawn.flags = fmt::format("-O2 -fdrawn-{}", seed);
    drawn.name = "gcc-12 " + drawn.flags;
    add(seed, must(store_.intern_configuration(drawn)), with_finding(sample_compilation(), "0123456789abcdef"));
  }
  const std::vector<FindingSummary> findings = must(store_.findings());
  ASSERT_THAT(findings, SizeIs(1));
  EXPECT_THAT(findings[0].configurations, ElementsAre("gcc-12 -O2 +swarm"));
  EXPECT_EQ(must(store_.occurrences(findings[0].id, 1)).at(0).configuration.name, "gcc-12 -O2 -fdrawn-1");
  EXPECT_THAT(must(store_.matrix(campaign_)), SizeIs(1));
}

}  // namespace
}  // namespace objhound::results
