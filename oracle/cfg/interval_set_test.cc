#include "oracle/cfg/interval_set.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace objhound::oracle {
namespace {

constexpr unsigned kUniverse = 256;  // width 1

std::vector<bool> members(const IntervalSet& set) {
  std::vector<bool> result(kUniverse, false);
  for (unsigned i = 0; i < set.count(); ++i) {
    for (uint64_t v = set[i].low; v <= set[i].high && v < kUniverse; ++v) result[v] = true;
  }
  return result;
}

bool well_formed(const IntervalSet& set) {
  if (set.count() > IntervalSet::kMost) return false;
  for (unsigned i = 0; i < set.count(); ++i) {
    if (set[i].low > set[i].high) return false;
    if (i > 0 && set[i].low <= set[i - 1].high + 1) return false;
  }
  return true;
}

TEST(IntervalSet, SmallSetsAreExact) {
  const IntervalSet set = IntervalSet(3, 5).united({7, 7}).united({6, 6});
  EXPECT_EQ(set, IntervalSet(3, 7));
  EXPECT_TRUE(IntervalSet(0, 3).intersected({5, 9}).empty());
  EXPECT_EQ(IntervalSet(0, 255).intersected({5, 9}), IntervalSet(5, 9));
}

TEST(IntervalSet, TheEndsOfTheWorld) {
  const uint64_t top = ~uint64_t{0};
  EXPECT_EQ(IntervalSet(top, top).united({0, top - 1}), IntervalSet::everything());
  EXPECT_EQ(IntervalSet(top - 1, top).moved(2, 8), IntervalSet(0, 1));
  EXPECT_EQ(IntervalSet::everything().moved(5, 8), IntervalSet::everything());
  EXPECT_EQ(IntervalSet(250, 255).moved(3, 1), IntervalSet(0, 2).united({253, 255}));
}

// Against sets of single members: what must be in is in, and nothing is too much while the intervals are few.
TEST(IntervalSet, RandomSetsAgainstBitSets) {
  std::mt19937 random(1);
  auto draw = [&](unsigned below) { return static_cast<uint64_t>(random() % below); };
  for (int round = 0; round < 20'000; ++round) {
    IntervalSet sets[2];
    std::vector<bool> truth[2] = {std::vector<bool>(kUniverse), std::vector<bool>(kUniverse)};
    for (int s = 0; s < 2; ++s) {
      for (uint64_t n = draw(7); n > 0; --n) {
        const uint64_t low = draw(kUniverse), high = std::min<uint64_t>(kUniverse - 1, low + draw(40));
        sets[s] = sets[s].united({low, high});
        for (uint64_t v = low; v <= high; ++v) truth[s][v] = true;
      }
      ASSERT_TRUE(well_formed(sets[s]));
    }
    const uint64_t delta = draw(kUniverse);
    const IntervalSet both = sets[0].intersected(sets[1]), either = sets[0].united(sets[1]),
                      moved = sets[0].moved(delta, 1);
    for (const IntervalSet& set : {both, either, moved}) ASSERT_TRUE(well_formed(set));
    const auto in0 = members(sets[0]), in1 = members(sets[1]), in_both = members(both), in_either = members(either),
               in_moved = members(moved);
    for (unsigned v = 0; v < kUniverse; ++v) {
      ASSERT_TRUE(!truth[0][v] || in0[v]);
      ASSERT_TRUE(!(in0[v] && in1[v]) || in_both[v]);
      ASSERT_TRUE(!(in0[v] || in1[v]) || in_either[v]);
      ASSERT_TRUE(!in0[v] || in_moved[(v + delta) % kUniverse]);
      if (both.count() < IntervalSet::kMost) {
        ASSERT_EQ(in_both[v], in0[v] && in1[v]);
      }
    }
  }
}

}  // namespace
}  // namespace objhound::oracle
