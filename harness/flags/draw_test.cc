#include "harness/flags/draw.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "harness/flags/acceptance.h"

namespace objhound::harness {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> texts(std::span<const Unit> units) {
  std::vector<std::string> all;
  for (const Unit& unit : units) all.push_back(unit.text());
  return all;
}

TEST(Draw, IsTheSameForTheSameSeedAndNeverContradictsItself) {
  const Catalogue& catalogue = Catalogue::built_in();
  std::map<std::string, int> seen;
  size_t most = 0, flags = 0, least = SIZE_MAX;
  constexpr uint64_t kSeeds = 1000;
  for (const CompilerKind& kind : {CompilerKind{Family::Gcc, 11, "x86-64"}, CompilerKind{Family::Clang, 19, "arm64"}})
    for (uint64_t seed = 0; seed < kSeeds; ++seed) {
      const std::vector<Unit> units = draw_units(catalogue, kind, seed);
      EXPECT_EQ(texts(units), texts(draw_units(catalogue, kind, seed)));
      ASSERT_FALSE(units.empty());
      EXPECT_EQ(units.front().table->slot, kLevelSlot);
      for (size_t i = 0; i < units.size(); ++i) {
        EXPECT_TRUE(units[i].table->is_for(kind)) << units[i].text();
        for (size_t j = 0; j < i; ++j) EXPECT_TRUE(catalogue.agree(units[i], units[j]));
        ++seen[units[i].text()];
      }
      flags += units.size() - 1;
      most = std::max(most, units.size() - 1);
      least = std::min(least, units.size() - 1);
    }
  EXPECT_EQ(least, 1u);
  EXPECT_EQ(most, 12u);
  EXPECT_NEAR(static_cast<double>(flags) / (2 * kSeeds), 3.25, 0.3) << "1 to 4, and one in eight 5 to 12";
  EXPECT_GT(seen.size(), 800u) << "draws are to differ";
  EXPECT_GT(seen["-fstack-protector-all"], 4);
}

// What is left of a draw must not depend on the order in which culprits become known, or a campaign that goes on would
// do again what it has done under another name.
TEST(Draw, CulpritsAreLeftOutWhateverElseIsKnown) {
  const FlagTable table{};
  std::vector<Unit> units;
  for (const char* flag : {"-a", "-b", "-c", "-d"}) units.push_back(Catalogue::unit(table, flag));
  EXPECT_THAT(texts(without({}, units)), ElementsAre("-a", "-b", "-c", "-d"));
  EXPECT_THAT(texts(without({{"-b"}}, units)), ElementsAre("-a", "-c", "-d"));
  EXPECT_THAT(texts(without({{"-b", "-d"}}, units)), ElementsAre("-a", "-b", "-c"));
  EXPECT_THAT(texts(without({{"-b"}, {"-b", "-d"}}, units)), ElementsAre("-a", "-c", "-d"));
  EXPECT_THAT(texts(without({{"-x"}, {"-a", "-x"}}, units)), ElementsAre("-a", "-b", "-c", "-d"));
}

TEST(Draw, TheSmallestCulpritIsFound) {
  const FlagTable table{};
  std::vector<Unit> units;
  for (const char* flag : {"-a", "-b", "-c", "-d", "-e"}) units.push_back(Catalogue::unit(table, flag));
  int calls = 0;
  const auto refuses = [&](const std::set<std::string>& together) {
    return [&calls, together](const std::vector<std::string>& flags) -> std::optional<std::string> {
      ++calls;
      const std::set<std::string> given(flags.begin(), flags.end());
      if (!std::ranges::includes(given, together)) return {};
      return "no";
    };
  };
  EXPECT_THAT(find_culprit(units, refuses({"-c"})).value().units, ElementsAre("-c"));
  calls = 0;
  EXPECT_THAT(find_culprit(units, refuses({"-b", "-e"})).value().units, ElementsAre("-b", "-e"));
  EXPECT_LE(calls, 6);
  EXPECT_FALSE(find_culprit(units, refuses({"-x"})));
  EXPECT_FALSE(find_culprit(units, refuses({}))) << "a compiler that takes nothing at all blames no flag";
}

TEST(Draw, RefusedFlagsAreFoundWithFewCalls) {
  const Catalogue& catalogue = Catalogue::built_in();
  const CompilerKind kind{Family::Clang, 16, "x86-64"};
  size_t flags = 0, calls = 0;
  for (const FlagTable& table : catalogue.tables())
    if (table.is_for(kind))
      for (const Pattern& pattern : table.flags) flags += pattern.samples().size();
  const auto ask = [&](const std::vector<std::string>& given) -> std::optional<std::string> {
    ++calls;
    if (std::ranges::find(given, "-fsplit-stack") == given.end()) return {};
    return "no";
  };
  const auto refused = refused_flags(catalogue, kind, ask);
  ASSERT_EQ(refused.size(), 1u);
  EXPECT_EQ(refused.begin()->first, "-fsplit-stack");
  EXPECT_LT(calls * 4, flags);
}

}  // namespace
}  // namespace objhound::harness
