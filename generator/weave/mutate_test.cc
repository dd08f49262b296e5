#include "generator/weave/mutate.h"

#include <gtest/gtest.h>

#include <set>

#include "generator/weave/weave.h"

namespace objhound::generator::weave {
namespace {

constexpr size_t kLimit = 1500;

Part program_of_seed(uint64_t seed) {
  Draw draw(seed);
  return small_program(kLimit, draw);
}

std::string text_of(const Part& part) {
  Decisions decisions(part);
  return program_of(decisions);
}

TEST(Mutate, SmallProgramsAreSmallAndMany) {
  std::set<std::string> texts;
  for (uint64_t seed = 1; seed <= 50; ++seed) {
    const Part program = program_of_seed(seed);
    EXPECT_LE(to_bytes(program).size(), kLimit);
    texts.insert(text_of(program));
  }
  EXPECT_GE(texts.size(), 48u);
}

// What a step makes is a program within the limit, holds nothing that is not asked for, and is mostly another program.
TEST(Mutate, StepsStayWithinTheLimitAndChangeSomething) {
  unsigned changed = 0;
  Part program = program_of_seed(1);
  const Part other = program_of_seed(2);
  for (uint64_t seed = 1; seed <= 300; ++seed) {
    Draw draw(seed);
    const Part next = seed % 3 == 0 ? crossed(program, other, kLimit, draw) : mutated(program, kLimit, draw);
    EXPECT_LE(to_bytes(next).size(), kLimit);
    Decisions again(next);
    (void)program_of(again);
    EXPECT_EQ(again.taken(), next) << seed;
    changed += text_of(next) != text_of(program);
    program = next;
  }
  EXPECT_GE(changed, 200u);
}

TEST(Mutate, AStepIsAPureFunctionOfTheDraw) {
  const Part program = program_of_seed(3);
  Draw one(7), two(7);
  EXPECT_EQ(mutated(program, kLimit, one), mutated(program, kLimit, two));
}

// Strings from anywhere: the corpus may be damaged.
TEST(Mutate, TakesAnyTree) {
  for (uint64_t seed = 1; seed <= 100; ++seed) {
    Draw draw(seed);
    std::vector<uint8_t> bytes(draw.between(0, 400));
    for (uint8_t& byte : bytes) byte = static_cast<uint8_t>(draw.next());
    EXPECT_LE(to_bytes(mutated(from_bytes(bytes), 300, draw)).size(), 300u);
  }
}

}  // namespace
}  // namespace objhound::generator::weave
