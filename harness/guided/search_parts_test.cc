// The small parts of the search: numbers of features, the corpus, the weighing of replays.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <numeric>

#include "generator/weave/mutate.h"
#include "harness/guided/corpus.h"
#include "harness/guided/feature_ids.h"
#include "harness/guided/schedule.h"

namespace objhound::harness {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

Configuration configuration(size_t compiler, size_t level, size_t flag_set = 0) {
  Configuration made;
  made.compiler = compiler;
  made.level = level;
  made.flag_set = flag_set;
  return made;
}

TEST(FeatureIds, AreNewOnceForACompilerAndALevel) {
  FeatureIds ids;
  const std::vector<uint64_t> hashes = {10, 20};
  EXPECT_EQ(ids.note(configuration(0, 0), hashes).fresh, 2u);
  EXPECT_EQ(ids.note(configuration(0, 0), hashes).fresh, 0u);
  EXPECT_EQ(ids.note(configuration(0, 0, 1), hashes).fresh, 0u);  // other flags, the same level
  EXPECT_EQ(ids.note(configuration(0, 1), hashes).fresh, 2u);
  EXPECT_EQ(ids.note(configuration(1, 0), hashes).fresh, 2u);
  EXPECT_EQ(ids.size(), 6u);
  EXPECT_THAT(ids.note(configuration(0, 0), hashes).ids, ElementsAre(0, 1));
}

TEST(FeatureIds, StayInTheTable) {
  FeatureIds ids;
  std::vector<uint64_t> hashes(kMaxFeatureIds + 10);
  std::iota(hashes.begin(), hashes.end(), uint64_t{1});
  const FeatureIds::Noted noted = ids.note(configuration(0, 0), hashes);
  EXPECT_EQ(noted.fresh, hashes.size());
  EXPECT_LT(noted.ids.back(), kMaxFeatureIds);
}

class CorpusTest : public ::testing::Test {
 protected:
  CorpusTest() {
    std::string name = ::testing::TempDir() + "objhound-corpus-XXXXXX";
    base_ = mkdtemp(name.data());
  }
  ~CorpusTest() override { fs::remove_all(base_); }
  std::string base_;
};

TEST_F(CorpusTest, KeepsInputs) {
  const auto corpus = Corpus::open(base_ + "/a/b");
  ASSERT_TRUE(corpus);
  EXPECT_TRUE(corpus->add(std::vector<uint8_t>{1, 2, 3}));
  EXPECT_TRUE(corpus->add(std::vector<uint8_t>{9}));
  EXPECT_TRUE(corpus->add(std::vector<uint8_t>{9}));
  EXPECT_THAT(corpus->read(), ElementsAre(ElementsAre(9), ElementsAre(1, 2, 3)));
  // libFuzzer's own name for the same input.
  std::ofstream(base_ + "/a/b/da39a3ee5e6b") << "\t";
  corpus->remove(std::vector<uint8_t>{9});
  EXPECT_THAT(corpus->read(), ElementsAre(ElementsAre(1, 2, 3)));
}

TEST_F(CorpusTest, LeavesAloneWhatIsNoInput) {
  const auto corpus = Corpus::open(base_);
  ASSERT_TRUE(corpus);
  std::ofstream(base_ + "/large") << std::string(kMaxInputBytes + 1, 'x');
  std::ofstream(base_ + "/empty") << "";
  fs::create_directories(base_ + "/folder");
  fs::create_symlink(base_ + "/nowhere", base_ + "/dangling");
  EXPECT_THAT(corpus->read(), IsEmpty());
  EXPECT_TRUE(fs::exists(base_ + "/large"));
}

TEST_F(CorpusTest, SaysWhyItCannotBeOpened) {
  std::ofstream(base_ + "/file") << "x";
  const auto corpus = Corpus::open(base_ + "/file/corpus");
  ASSERT_FALSE(corpus);
  EXPECT_THAT(corpus.error(), testing::HasSubstr("/file/corpus: cannot be created"));
}

TEST(Input, IsBytesAndBack) {
  generator::Draw draw(1);
  Input input{0xabcd, generator::weave::small_program(500, draw)};
  const Input again = input_from(to_bytes(input));
  EXPECT_EQ(again.choice, input.choice);
  EXPECT_EQ(again.program, input.program);
  EXPECT_EQ(input_from({}).choice, 0);
  EXPECT_EQ(input_from(std::vector<uint8_t>{5}).choice, 5);
}

TEST(Input, ChoosesAmongTheMatrixOrAmongWhatWasDrawn) {
  for (size_t configuration = 0; configuration < 30; ++configuration)
    EXPECT_EQ(configuration_of(choice_of(configuration, 20), 20, 30), configuration);
  // Whatever was drawn tonight, the matrix's own stay what they are.
  EXPECT_EQ(configuration_of(25, 20, 30), 5u);
  EXPECT_EQ(configuration_of(25, 20, 20), 5u);
  EXPECT_EQ(configuration_of(0x8003, 20, 30), 23u);
  EXPECT_EQ(configuration_of(0x8003, 20, 20), 3u);
}

TEST(Cover, HasAllFeaturesAndNoInputInVain) {
  const std::vector<std::vector<uint32_t>> features = {{1}, {2}, {1, 2, 3}, {4}, {3, 4}, {}, {1, 2, 3, 4}};
  EXPECT_THAT(cover(features), ElementsAre(2, 3));
  EXPECT_THAT(cover(std::vector<std::vector<uint32_t>>{}), IsEmpty());
}

Replay replay(std::vector<size_t> configurations, double promise) {
  return {Woven({}, "1"), std::move(configurations), promise};
}

TEST(Woven, KeepsItsDecisionsWhereThereIsSomethingToTell) {
  generator::Draw draw(1);
  Woven program(generator::weave::small_program(500, draw), "9");
  EXPECT_EQ(program.row(false)->record.options, "");
  EXPECT_EQ(program.row(false), program.row(false));
  const results::ProgramRecord& record = program.row(true)->record;
  EXPECT_EQ(record.seed, program.row(false)->record.seed);
  EXPECT_EQ(record.bytes, program.text().size());
  const std::string command = "objhound generate --decisions ";
  ASSERT_TRUE(record.options.starts_with(command));
  const auto again = generator::weave::from_hex(record.options.substr(command.size()));
  ASSERT_TRUE(again);
  EXPECT_EQ(Woven(*again, "9").text(), program.text());
}

TEST(Schedule, TakesProgramsWithMostPromiseFirst) {
  Schedule schedule(2, 1);
  EXPECT_FALSE(schedule.take_replay());
  schedule.add_replay(replay({1}, 1));
  schedule.add_replay(replay({0, 1}, 50));
  schedule.add_replay(replay({}, 100));
  EXPECT_EQ(schedule.take_replay()->promise, 50);
  EXPECT_EQ(schedule.take_replay()->promise, 1);
  EXPECT_FALSE(schedule.take_replay());
}

// What brings most has seven turns of eight and its share of the eighth, and the others always some.
TEST(Schedule, GoesByWhatCameOfIt) {
  Schedule schedule(2, 1);
  const auto turns = [&](Work work) {
    int count = 0;
    for (int i = 0; i < 400; ++i) count += schedule.next() == work;
    return count;
  };
  EXPECT_EQ(turns(Work::Replay), 0);
  schedule.add_replay(replay({0, 1}, 1));
  for (int i = 0; i < 2000; ++i) {
    schedule.done(Work::Search, 0, 10, 0.1);
    schedule.done(Work::Draw, 0, 1, 0.1);
    schedule.done(Work::Replay, 1, 1, 0.1);
  }
  EXPECT_GT(turns(Work::Search), 300);
  EXPECT_GT(turns(Work::Draw), 3);
  EXPECT_GT(turns(Work::Replay), 3);
  for (int i = 0; i < 4000; ++i) {
    schedule.done(Work::Search, 0, 0, 0.1);
    schedule.done(Work::Replay, 1, 1, 0.01);
  }
  EXPECT_GT(turns(Work::Replay), 300);
  EXPECT_EQ(schedule.count(Work::Search), 6000u);
}

TEST(Schedule, DrawsConfigurationsByTheirYield) {
  Schedule schedule(3, 1);
  for (int i = 0; i < 500; ++i)
    for (size_t configuration = 0; configuration < 3; ++configuration)
      schedule.done(Work::Search, configuration, configuration, 0.1);
  std::vector<int> drawn(3);
  for (int i = 0; i < 3000; ++i) ++drawn[schedule.draw_configuration()];
  EXPECT_LT(drawn[0], 100);
  EXPECT_NEAR(drawn[1], 1000, 150);
  EXPECT_NEAR(drawn[2], 2000, 150);
  std::vector<size_t> left = {0, 1, 2};
  EXPECT_EQ(schedule.take_best(left), 2u);
  EXPECT_THAT(left, ElementsAre(0, 1));
}

}  // namespace
}  // namespace objhound::harness
