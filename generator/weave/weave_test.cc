#include "generator/weave/weave.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace objhound::generator::weave {
namespace {

std::string program_of_seed(uint64_t seed) {
  Decisions decisions(seed);
  return program_of(decisions);
}

TEST(Decisions, AreBytesAndBack) {
  Decisions decisions(3);
  (void)program_of(decisions);
  const std::vector<uint8_t> bytes = to_bytes(decisions.taken());
  EXPECT_EQ(from_bytes(bytes), decisions.taken());
}

TEST(Decisions, EveryStringIsSome) {
  for (uint64_t seed = 1; seed <= 200; ++seed) {
    Draw draw(seed);
    std::vector<uint8_t> bytes(draw.between(0, 300));
    for (uint8_t& byte : bytes) byte = static_cast<uint8_t>(draw.next());
    const Part part = from_bytes(bytes);
    EXPECT_EQ(from_bytes(to_bytes(part)), part);
    Decisions decisions(part);
    EXPECT_THAT(program_of(decisions), testing::HasSubstr("checksum = "));
  }
}

// Lengths that the bytes do not have, and parts in parts without an end.
TEST(Decisions, HostileStrings) {
  EXPECT_EQ(from_bytes(std::vector<uint8_t>{0xff, 0xff, 0xff, 0xff, 0xff}).parts.size(), 0u);
  const Part deep = from_bytes(std::vector<uint8_t>(100'000, 1));
  EXPECT_LE(to_bytes(deep).size(), 200'000u);
}

TEST(Decisions, WhatIsMissingIsZero) {
  Decisions decisions(Part{});
  EXPECT_EQ(decisions.below(7), 0u);
  decisions.part([&] { EXPECT_EQ(decisions.word(), 0u); });
  EXPECT_FALSE(decisions.one_in(2));
}

TEST(Weave, ASeedIsAProgram) {
  EXPECT_EQ(program_of_seed(5), program_of_seed(5));
  EXPECT_NE(program_of_seed(5), program_of_seed(6));
}

TEST(Weave, AProgramIsWrittenAgainFromItsDecisions) {
  for (uint64_t seed = 1; seed <= 50; ++seed) {
    Decisions first(seed);
    const std::string text = program_of(first);
    Decisions again(from_bytes(to_bytes(first.taken())));
    EXPECT_EQ(program_of(again), text) << seed;
    EXPECT_EQ(again.taken(), first.taken()) << seed;
  }
}

std::vector<std::string> functions_of(const std::string& program) {
  std::vector<std::string> functions;
  size_t begin = 0;
  for (size_t end = program.find("\n}\n"); end != std::string::npos; end = program.find("\n}\n", begin)) {
    functions.push_back(program.substr(begin, end + 3 - begin));
    begin = end + 3;
  }
  return functions;
}

// A statement that becomes another changes its function, and seldom one behind it: one that calls it and must look at
// what that costs.
TEST(Weave, AChangeStaysWhereItIs) {
  unsigned same = 0, all = 0;
  for (uint64_t seed = 1; seed <= 60; ++seed) {
    Decisions first(seed);
    const std::vector<std::string> before = functions_of(program_of(first));
    Part changed = first.taken();
    Part& function = changed.parts[2];
    if (function.parts.empty() || function.parts.front().own.empty()) continue;
    function.parts.front().own.front() ^= 0x2a;
    Decisions second(changed);
    const std::vector<std::string> after = functions_of(program_of(second));
    ASSERT_EQ(before.size(), after.size()) << seed;
    for (size_t i = 0; i < before.size(); ++i) same += before[i] == after[i];
    all += static_cast<unsigned>(before.size()) - 1;
  }
  EXPECT_GT(all, 100u);
  EXPECT_GE(same * 100, all * 85);
}

// Compiled without a warning, run without undefined behaviour, and the same sum from both compilers.
TEST(Weave, ProgramsRun) {
  std::string name = testing::TempDir() + "objhound-weave-XXXXXX";
  ASSERT_NE(mkdtemp(name.data()), nullptr);
  const std::filesystem::path directory = name;
  for (uint64_t seed = 101; seed <= 103; ++seed) {
    std::ofstream(directory / "p.c") << program_of_seed(seed);
    std::string sum;
    for (const char* compile : {"gcc-12 -O0", "gcc-12 -O2", "clang-19 -O2",
                                "clang-19 -O1 -fsanitize=address,undefined -fno-sanitize-recover=all"}) {
      const std::string line =
          fmt::format("cd {} && {} -Wall -Werror p.c -o p && ./p > out", directory.string(), compile);
      ASSERT_EQ(std::system(line.c_str()), 0) << "seed " << seed << ", " << compile;
      std::ifstream file(directory / "out");
      const std::string out{std::istreambuf_iterator<char>(file), {}};
      EXPECT_THAT(out, testing::StartsWith("checksum = "));
      if (sum.empty()) sum = out;
      EXPECT_EQ(out, sum) << "seed " << seed << ", " << compile;
    }
  }
  std::filesystem::remove_all(directory);
}

}  // namespace
}  // namespace objhound::generator::weave
