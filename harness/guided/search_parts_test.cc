// The small parts of the search: numbers of features, the corpus, the weighing of replays.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <numeric>

#include "generator/weave/mutate.h"
#include "harness/guided/corpus.h"
#include "harness/guided/feature_ids.h"
#include "harness/guided/replays.h"

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

TEST(Cover, HasAllFeaturesAndNoInputInVain) {
  const std::vector<std::vector<uint32_t>> features = {{1}, {2}, {1, 2, 3}, {4}, {3, 4}, {}, {1, 2, 3, 4}};
  EXPECT_THAT(cover(features), ElementsAre(2, 3));
  EXPECT_THAT(cover(std::vector<std::vector<uint32_t>>{}), IsEmpty());
}

std::shared_ptr<ProgramRow> row() { return std::make_shared<ProgramRow>(); }

TEST(Replays, TakeProgramsWithMostThatIsNewFirst) {
  Replays replays(1);
  EXPECT_FALSE(replays.next());
  replays.add(row(), "little", {1, 2}, 1);
  replays.add(row(), "much", {7}, 50);
  for (int i = 0; i < 100; ++i) replays.replayed(10, 0.1);  // worth it
  for (int i = 0; i < 100; ++i) replays.searched(0, 0.1);
  std::vector<std::string> texts;
  std::vector<size_t> configurations;
  for (int i = 0; i < 100; ++i)
    if (const auto next = replays.next()) {
      texts.push_back(next->text);
      configurations.push_back(next->configuration);
    }
  EXPECT_THAT(texts, ElementsAre("much", "little", "little"));
  EXPECT_THAT(configurations, ElementsAre(7, 2, 1));
}

// What brings more has seven turns of eight, and the other always one.
TEST(Replays, GoByWhatCameOfThem) {
  Replays replays(1);
  std::vector<size_t> many(2000);
  std::iota(many.begin(), many.end(), size_t{0});
  replays.add(row(), "program", many, 1);
  const auto taken = [&] {
    int count = 0;
    for (int i = 0; i < 400; ++i) count += replays.next().has_value();
    return count;
  };
  for (int i = 0; i < 1000; ++i) {
    replays.searched(10, 0.1);
    replays.replayed(1, 0.1);
  }
  const int few = taken();
  EXPECT_GT(few, 20);
  EXPECT_LT(few, 100);
  for (int i = 0; i < 3000; ++i) {
    replays.searched(0, 0.1);
    replays.replayed(1, 0.1);
  }
  EXPECT_GT(taken(), 300);
}

}  // namespace
}  // namespace objhound::harness
