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
  size_t begin = program.find("struct fields");  // what stands before is what the program happens to need
  for (size_t end = program.find("\n}\n", begin); end != std::string::npos; end = program.find("\n}\n", begin)) {
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

TEST(Weave, SizesAreKept) {
  const auto mean_bytes = [](const char* size) {
    size_t bytes = 0;
    for (uint64_t seed = 1; seed <= 40; ++seed) {
      Decisions decisions(seed);
      bytes += program_of(decisions, {Language::C, size_of(size).value()}).size();
    }
    return bytes / 40;
  };
  EXPECT_LT(mean_bytes("5"), mean_bytes("small"));
  EXPECT_LT(2 * mean_bytes("small"), mean_bytes("medium"));
  EXPECT_LT(2 * mean_bytes("medium"), mean_bytes("large"));
  EXPECT_LT(mean_bytes("small"), 20'000u);
  for (const char* wrong : {"", "0", "tiny", "-3", "7 ", "100001"}) EXPECT_FALSE(size_of(wrong)) << wrong;
  for (const char* wrong : {"weave --size", "weave --size 0", "weave small", "weave-c++ -x"})
    EXPECT_FALSE(make_weave(wrong)) << wrong;
  EXPECT_EQ(make_weave("weave-c++ --size small").value()->name(), "weave-c++ --size small");
}

// What a guided search does to trees: bytes change, and a part goes, is doubled, takes another's place or goes into
// one.
void change_bytes(Part& part, Draw& draw) {
  for (uint8_t& byte : part.own) {
    if (draw.between(1, 10) == 1) byte = static_cast<uint8_t>(draw.next());
  }
  for (Part& inner : part.parts) change_bytes(inner, draw);
}

void change_parts(Part& root, Draw& draw) {
  Part* at = &root;
  while (!at->parts.empty() && draw.coin()) at = &at->parts[draw.between(0, at->parts.size() - 1)];
  if (at->parts.empty()) return;
  const auto any = [&]() -> Part& { return at->parts[draw.between(0, at->parts.size() - 1)]; };
  switch (draw.between(1, 4)) {
    case 1:
      at->parts.erase(at->parts.begin() + static_cast<ptrdiff_t>(draw.between(0, at->parts.size() - 1)));
      break;
    case 2:
      at->parts.push_back(Part(any()));
      break;
    case 3:
      std::swap(any(), any());
      break;
    default: {
      const Part copy = root;
      any().parts.push_back(copy);
    }
  }
}

// Compiled without a warning, run without undefined behaviour, and the same sum from both compilers.
class WeaveRuns : public testing::Test {
 protected:
  WeaveRuns() {
    std::string name = testing::TempDir() + "objhound-weave-XXXXXX";
    EXPECT_NE(mkdtemp(name.data()), nullptr);
    directory_ = name;
  }
  ~WeaveRuns() override { std::filesystem::remove_all(directory_); }

  void expect_same(const std::string& text, const std::string& file, std::initializer_list<const char*> compilers,
                   const std::string& what) {
    std::ofstream(directory_ / file) << text;
    std::string sum;
    for (const char* compile : compilers) {
      const std::string line = fmt::format("cd {} && {} -Wall -Wextra -Werror {} -lstdc++ -o p && ./p > out",
                                           directory_.string(), compile, file);
      ASSERT_EQ(std::system(line.c_str()), 0) << what << ", " << compile;
      std::ifstream out_file(directory_ / "out");
      const std::string out{std::istreambuf_iterator<char>(out_file), {}};
      EXPECT_THAT(out, testing::StartsWith("checksum = "));
      if (sum.empty()) sum = out;
      EXPECT_EQ(out, sum) << what << ", " << compile;
    }
  }

  std::filesystem::path directory_;
};

constexpr const char* kSanitized =
    "clang-19 -O1 -fsanitize=address,undefined -fno-sanitize-recover=all -fsanitize-link-c++-runtime";

TEST_F(WeaveRuns, C) {
  for (uint64_t seed = 101; seed <= 102; ++seed)
    expect_same(program_of_seed(seed), "p.c", {"gcc-12 -O0", "gcc-12 -O2", "clang-19 -O2", kSanitized},
                fmt::format("seed {}", seed));
}

TEST_F(WeaveRuns, Cplusplus) {
  for (uint64_t seed = 101; seed <= 103; ++seed) {
    Decisions decisions(seed);
    expect_same(program_of(decisions, {Language::Cplusplus, size_of("small").value()}), "p.cc",
                {"gcc-12 -O0", "gcc-12 -O2", "clang-19 -O2", kSanitized}, fmt::format("seed {}", seed));
  }
}

TEST_F(WeaveRuns, MutatedTrees) {
  const Options small{Language::C, size_of("small").value()};
  Draw draw(11);
  for (uint64_t seed = 1; seed <= 60; ++seed) {
    Decisions decisions(seed);
    (void)program_of(decisions, small);
    Part part = decisions.taken();
    change_bytes(part, draw);
    for (unsigned i = 0; i < 6; ++i) change_parts(part, draw);
    Decisions mutated(part);
    const std::string text = program_of(mutated, small);
    EXPECT_LT(text.size(), 300'000u);
    if (seed % 20 == 0) expect_same(text, "p.c", {"gcc-12 -O1", "clang-19 -O1"}, fmt::format("mutated seed {}", seed));
  }
}

}  // namespace
}  // namespace objhound::generator::weave
