// What objects exercise: counted, kept over a kill, united without counting twice, told with what was never seen.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "results/coverage.h"
#include "results/report.h"
#include "results/test_data.h"

namespace objhound::results {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

FeatureRecord feature(const std::string& kind, const std::string& text, bool closed, uint64_t functions) {
  return {std::hash<std::string>()(kind + "/" + text), functions,
          std::make_shared<const FeatureName>(FeatureName{kind, text, closed})};
}
FeatureRecord landing_pad(uint64_t functions = 0) { return feature("edge", "landing pad", true, functions); }
FeatureRecord trap(uint64_t functions = 0) { return feature("edge", "trap", true, functions); }
FeatureRecord step(const std::string& text, uint64_t functions) { return feature("step", text, false, functions); }

class ReachTest : public testing::Test {
 protected:
  Store open(const std::string& name) { return must(Store::open(directory_.path(name))); }

  // Adds one object of `configuration` with these features, of the program of `seed`.
  static void add(Store& store, int64_t campaign, const ConfigurationRecord& configuration, uint64_t seed,
                  std::vector<FeatureRecord> features) {
    CompilationRecord record = sample_compilation();
    record.features = std::move(features);
    must(store.add(campaign, {{must(store.intern_program(campaign, sample_program(seed))),
                               must(store.intern_configuration(configuration)), record}}));
  }
  // "landing pad@gcc-12 -O2 default: 3, seed 7", in order.
  static std::vector<std::string> texts(const Store& store, int64_t campaign = 0) {
    const Reach reach = must(store.reach(campaign));
    std::vector<std::string> all;
    for (const Reach::Sighting& s : reach.sightings) {
      const Spot& spot = reach.spots[s.spot];
      all.push_back(reach.features[s.feature].name.text + "@" + spot.compiler + " " + spot.level + " " + spot.flag +
                    ": " + std::to_string(s.functions) + ", seed " + std::to_string(s.seed));
    }
    std::ranges::sort(all);
    return all;
  }

  TempDirectory directory_;
  const ConfigurationRecord o2_ = sample_configuration("gcc-12", "-O2");
};

TEST_F(ReachTest, ClosedKindsByFlagSetOpenOnesByLevel) {
  Store store = open("a.db");
  const int64_t campaign = must(store.begin_campaign(sample_campaign()));
  add(store, campaign, o2_, 7, {landing_pad(2), step("a", 1)});
  add(store, campaign, sample_configuration("gcc-12", "-O2", "x86-64", "no-red-zone"), 7,
      {landing_pad(1), step("a", 4)});
  must(store.settle_reach(campaign));
  EXPECT_THAT(texts(store), ElementsAre("a@gcc-12 -O2 : 5, seed 7", "landing pad@gcc-12 -O2 default: 2, seed 7",
                                        "landing pad@gcc-12 -O2 no-red-zone: 1, seed 7"));
}

TEST_F(ReachTest, DrawnFlagsCountOneByOne) {
  Store store = open("a.db");
  const int64_t campaign = must(store.begin_campaign(sample_campaign()));
  ConfigurationRecord drawn = sample_configuration("gcc-12", "-O2", "x86-64", "swarm");
  drawn.flags = "-O2 -fno-dce --param max-inline-insns-auto=37 -finline-limit=60 -w -c";
  add(store, campaign, drawn, 7, {landing_pad(2), step("a", 1)});
  EXPECT_THAT(texts(store),
              ElementsAre("a@gcc-12 -O2 : 1, seed 7", "landing pad@gcc-12  --param max-inline-insns-auto=N: 2, seed 7",
                          "landing pad@gcc-12  -finline-limit=N: 2, seed 7", "landing pad@gcc-12  -fno-dce: 2, seed 7",
                          "landing pad@gcc-12 -O2 swarm: 2, seed 7"));
}

// Whoever is killed has lost no feature, and no more than half of a count.
TEST_F(ReachTest, WritesWhatIsNewAtOnceAndCountsWhenTheyDouble) {
  Store store = open("a.db");
  const int64_t campaign = must(store.begin_campaign(sample_campaign()));
  for (uint64_t seed = 1; seed <= 100; ++seed) {
    add(store, campaign, o2_, seed, {landing_pad(1)});
    const Reach seen = must(must(Store::open_read_only(store.path())).reach(0));
    ASSERT_EQ(seen.sightings.size(), 1u);
    EXPECT_GE(2 * seen.sightings[0].functions, seed);
    EXPECT_LE(seen.sightings[0].functions, seed);
    EXPECT_EQ(seen.sightings[0].seed, 1u);
  }
  must(store.settle_reach(campaign));
  EXPECT_THAT(texts(store), ElementsAre("landing pad@gcc-12 -O2 default: 100, seed 1"));
}

// The next run of the campaign counts on.
TEST_F(ReachTest, GoesOn) {
  for (uint64_t seed = 1; seed <= 3; ++seed) {
    Store store = open("a.db");
    const int64_t campaign = must(store.begin_campaign(sample_campaign()));
    ASSERT_EQ(campaign, 1);
    add(store, campaign, o2_, seed, {landing_pad(seed)});
  }
  EXPECT_THAT(texts(open("a.db"), 1), ElementsAre("landing pad@gcc-12 -O2 default: 6, seed 1"));
}

TEST_F(ReachTest, MergesOnceOrMore) {
  for (const auto& [name, seed] : {std::pair("a.db", 1), {"b.db", 2}}) {
    Store store = open(name);
    const int64_t campaign = must(store.begin_campaign(sample_campaign()));
    must(store.intern_features({landing_pad(), trap()}));
    add(store, campaign, o2_, static_cast<uint64_t>(seed), {landing_pad(3), step(name, 1)});
  }
  Store all = open("all.db");
  for (const char* name : {"a.db", "b.db", "a.db"}) must(all.merge(directory_.path(name)));
  EXPECT_THAT(texts(all), ElementsAre("a.db@gcc-12 -O2 : 1, seed 1", "b.db@gcc-12 -O2 : 1, seed 2",
                                      "landing pad@gcc-12 -O2 default: 6, seed 1"));
  EXPECT_EQ(must(all.campaigns()).size(), 1u);
  EXPECT_EQ(must(all.reach(0)).features.size(), 4u);  // the one that never occurred is known
}

TEST_F(ReachTest, TellsWhatWasNeverSeen) {
  Store store = open("a.db");
  const int64_t campaign = must(store.begin_campaign(sample_campaign()));
  must(store.intern_features({landing_pad(), trap()}));
  add(store, campaign, o2_, 7, {landing_pad(2), step("a", 1)});
  add(store, campaign, sample_configuration("gcc-12", "-O3"), 7, {landing_pad(2), step("b", 1)});
  add(store, campaign, sample_configuration("gcc-12", "-O0"), 7, {step("b", 1)});
  const std::string text = must(coverage_text(store, campaign, CoverageBy::Construct));
  EXPECT_THAT(text, AllOf(HasSubstr("3 distinct features"), HasSubstr("edge: 1 of 2"),
                          testing::ContainsRegex("landing pad +4 +2/3 +not at gcc-12 -O0"),
                          testing::ContainsRegex("trap +- +never"), testing::ContainsRegex("step +2 distinct")));
  EXPECT_THAT(must(coverage_text(store, campaign, CoverageBy::Compiler)), testing::ContainsRegex("landing pad +4\n"));
  EXPECT_THAT(must(coverage_text(store, campaign, CoverageBy::Level)),
              testing::ContainsRegex("landing pad +- +2 +2\n"));
  EXPECT_THAT(must(coverage_text(store, campaign, CoverageBy::Flag)), testing::ContainsRegex("default +1/2"));
  const std::string page = must(html_report(store, campaign));
  EXPECT_THAT(page, AllOf(HasSubstr("id=\"reach\""), HasSubstr("1 of 2"), HasSubstr("<td class=\"warn\">trap</td>")));
  const nlohmann::json json = nlohmann::json::parse(must(coverage_json(store, campaign)));
  EXPECT_EQ(json["features"].size(), 4u);
  EXPECT_EQ(json["sightings"].size(), 5u);
}

TEST_F(ReachTest, ComparesDatabases) {
  std::vector<Store> stores;
  for (const auto& [name, own] : {std::pair("a.db", 1), {"b.db", 3}}) {
    stores.push_back(open(name));
    const int64_t campaign = must(stores.back().begin_campaign(sample_campaign()));
    std::vector<FeatureRecord> features{landing_pad(1)};
    for (int i = 0; i < own; ++i) features.push_back(step(name + std::to_string(i), 1));
    add(stores.back(), campaign, o2_, 1, features);
  }
  const std::string text = must(coverage_comparison_text(stores));
  EXPECT_THAT(text,
              AllOf(testing::ContainsRegex("distinct features +2 +4 +5\n"), testing::ContainsRegex("only here +1 +3"),
                    testing::ContainsRegex("times the first +1.00 x +2.00 x")));
  const nlohmann::json json = nlohmann::json::parse(must(coverage_comparison_json(stores)));
  EXPECT_EQ(json["together"]["distinct"], 5);
  EXPECT_EQ(json["databases"][1]["only"]["step"], 3);
}

TEST_F(ReachTest, NothingIsNothing) {
  Store store = open("a.db");
  must(store.begin_campaign(sample_campaign()));
  EXPECT_THAT(must(coverage_text(store, 0, CoverageBy::Construct)), HasSubstr("0 distinct features"));
  EXPECT_THAT(must(html_report(store, 0)), HasSubstr("It was not noted"));
  EXPECT_THAT(must(coverage_comparison_text(std::span(&store, 1))), Not(HasSubstr("nan")));
}

}  // namespace
}  // namespace objhound::results
