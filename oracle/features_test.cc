// Assembly of a known shape has the features that it has, and no others of their kind.

#include "oracle/features.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "oracle/elf/compile_test_support.h"
#include "oracle/oracle.h"

namespace objhound::oracle {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::IsSubsetOf;
using testing::Not;

constexpr const char* kX86 = "gcc-12";
constexpr const char* kArm = "aarch64-linux-gnu-gcc-12";

FileReport check(const char* assembler, const std::string& source, bool features = true) {
  const test::Workshop shop;
  shop.write("input.s", source);
  shop.run(std::string(assembler) + " -c input.s -o output.o");
  return Oracle({.flags = "gcc-12 -O2", .features = features}).check_file(shop.path("output.o"));
}

std::vector<std::string> texts(const FileReport& report, FeatureKind kind) {
  std::vector<std::string> all;
  for (const FeatureCount& count : report.features) {
    if (count.feature->kind == kind) all.push_back(count.feature->text);
  }
  std::ranges::sort(all);
  return all;
}

std::string function(const std::string& name, const std::string& type, const std::string& body) {
  return ".globl " + name + "\n.type " + name + "," + type + "function\n" + name + ":\n.cfi_startproc\n" + body +
         ".cfi_endproc\n.size " + name + ",.-" + name + "\n";
}

const std::string kX86Frame = function("f", "@",
                                       "push %rbp\n.cfi_def_cfa_offset 16\n.cfi_offset 6, -16\n"
                                       "mov %rsp, %rbp\n.cfi_def_cfa_register 6\n"
                                       "push %rbx\n.cfi_offset 3, -24\nsub $24, %rsp\nmov %rdi, %rbx\ncall g\n"
                                       "mov -8(%rbp), %rbx\nleave\n.cfi_def_cfa 7, 8\nret\n");
const std::string kArmFrame = function("f", "%",
                                       "stp x29, x30, [sp, -32]!\n.cfi_def_cfa_offset 32\n.cfi_offset 29, -32\n"
                                       ".cfi_offset 30, -24\nstr x19, [sp, 16]\n.cfi_offset 19, -16\nmov x19, x0\n"
                                       "bl g\nldr x19, [sp, 16]\nldp x29, x30, [sp], 32\n.cfi_restore 30\n"
                                       ".cfi_restore 29\n.cfi_restore 19\n.cfi_def_cfa_offset 0\nret\n");

TEST(Features, OffUnlessAskedFor) { EXPECT_THAT(check(kX86, kX86Frame, false).features, IsEmpty()); }

TEST(Features, FrameWithFramePointer) {
  const FileReport report = check(kX86, kX86Frame);
  ASSERT_EQ(report.proved, 1u);
  EXPECT_THAT(texts(report, FeatureKind::Prologue),
              ElementsAre("at entry: sp down <=16, save fp, set fp, sp down <=16, save, sp down <=128"));
  EXPECT_THAT(texts(report, FeatureKind::Epilogue), ElementsAre("restore, restore fp, sp up <=128, return"));
  EXPECT_THAT(texts(report, FeatureKind::Unwind),
              ElementsAre("def_cfa", "def_cfa_offset", "def_cfa_register", "offset"));
  EXPECT_THAT(texts(report, FeatureKind::UnwindSequence),
              Contains("all: def_cfa_offset +<=16; offset fp; def_cfa_register fp; offset saved; def_cfa sp -<=16"));
  EXPECT_THAT(texts(report, FeatureKind::Edge), ElementsAre("behind a call", "call to another file", "return"));
  EXPECT_THAT(texts(report, FeatureKind::Frame),
              ElementsAre("SP at most 128 bytes below entry", "SP at most 16 bytes below entry", "frame pointer",
                          "saves 1 to 4 registers"));
  EXPECT_THAT(texts(report, FeatureKind::Rule), Contains("OH301 a frame with the CFA by the frame pointer"));
  EXPECT_THAT(texts(report, FeatureKind::Rule), Not(Contains(HasSubstr("OH204"))));
  EXPECT_THAT(texts(report, FeatureKind::Step),
              Contains("call | sp cfa<=128, fp in the frame, ra in place, 1 saved, some changed, cfa fp"));
}

TEST(Features, FrameWithLinkRegister) {
  const FileReport report = check(kArm, kArmFrame);
  ASSERT_EQ(report.proved, 1u);
  EXPECT_THAT(texts(report, FeatureKind::Prologue), ElementsAre("at entry: sp down <=128, save fp, save ra, save"));
  EXPECT_THAT(texts(report, FeatureKind::Epilogue),
              ElementsAre("restore, restore fp, restore ra, sp up <=128, return"));
  EXPECT_THAT(texts(report, FeatureKind::Rule), Contains("OH203 a return address restored"));
  EXPECT_THAT(texts(report, FeatureKind::Rule), Contains("OH302 a register whose rule is restored"));
  EXPECT_THAT(texts(report, FeatureKind::UnwindSequence), Contains("restore ra; restore fp; restore saved"));
}

// Sizes and registers do not matter, only classes and roles.
TEST(Features, SameUnderOtherNamesAndSizes) {
  std::string other = kX86Frame;
  const auto replace = [&](const std::string& from, const std::string& to) {
    for (size_t at = other.find(from); at != std::string::npos; at = other.find(from, at + to.size()))
      other.replace(at, from.size(), to);
  };
  replace("%rbx", "%r12");
  replace("_offset 3,", "_offset 12,");
  replace("$24", "$40");
  replace("f:\n", "h:\n");
  replace("size f,.-f", "size h,.-h");
  replace("globl f", "globl h");
  replace("type f,", "type h,");
  const auto hashes = [](const FileReport& report) {
    std::set<uint64_t> all;
    for (const FeatureCount& count : report.features) all.insert(count.hash);
    return all;
  };
  EXPECT_EQ(hashes(check(kX86, kX86Frame)), hashes(check(kX86, other)));
}

TEST(Features, JumpTable) {
  const test::Workshop shop;
  shop.write("input.c",
             "int g(int); int f(int x) { switch (x) {"
             "case 0: return g(7); case 1: return g(1) + 3; case 2: return g(2) * 5; case 3: return x * 9;"
             "case 4: return g(4) - 1; case 5: return 77; case 7: return g(3) / 3; } return 5; }");
  shop.run("gcc-12 -O2 -fno-pie -c input.c -o output.o");
  const FileReport report = Oracle({.flags = "gcc-12 -O2", .features = true}).check_file(shop.path("output.o"));
  const std::vector<std::string> table = texts(report, FeatureKind::Table);
  EXPECT_THAT(table, Contains("entries of 8 bytes"));
  EXPECT_THAT(table, Contains("absolute entries"));
  EXPECT_THAT(table, Contains("5 to 8 entries"));
  EXPECT_THAT(table, Contains("bounded by the code"));
  EXPECT_THAT(table, Not(Contains("entries of 4 bytes")));
  EXPECT_EQ(texts(report, FeatureKind::Dispatch).size(), 1u);
  EXPECT_THAT(texts(report, FeatureKind::Rule), Contains("OH102 a jump table"));
}

TEST(Features, TailCallBehindAPoppedFrame) {
  const std::string body =
      "push %rbx\n.cfi_def_cfa_offset 16\n.cfi_offset 3, -16\ncall g\npop %rbx\n.cfi_def_cfa_offset 8\njmp h\n";
  const FileReport report = check(kX86, function("f", "@", body));
  EXPECT_THAT(texts(report, FeatureKind::Rule), Contains("OH204 a tail call behind a popped frame"));
  EXPECT_THAT(texts(report, FeatureKind::Rule), Not(Contains("OH204 a tail call of a function without a frame")));
  EXPECT_THAT(texts(report, FeatureKind::Epilogue), ElementsAre("restore, sp up <=16, tail call"));
}

TEST(Features, CountsFunctions) {
  std::string twice = kX86Frame + function("h", "@", "ret\n");
  const FileReport report = check(kX86, twice);
  const auto returns = std::ranges::find_if(report.features, [](const FeatureCount& count) {
    return *count.feature == Feature{FeatureKind::Edge, "return"};
  });
  ASSERT_NE(returns, report.features.end());
  EXPECT_EQ(returns->functions, 2u);
  EXPECT_TRUE(std::ranges::is_sorted(report.features, {}, &FeatureCount::hash));
}

// What is found of a closed kind is among what is known, or "not exercised" would not be true.
TEST(Features, ClosedKindsAreClosed) {
  std::vector<std::string> known;
  for (const Feature& feature : known_features()) {
    EXPECT_TRUE(is_closed(feature.kind));
    known.push_back(std::string(to_text(feature.kind)) + feature.text);
  }
  EXPECT_EQ(std::set<std::string>(known.begin(), known.end()).size(), known.size());
  for (const auto& [assembler, source] : {std::pair(kX86, kX86Frame), {kArm, kArmFrame}}) {
    std::vector<std::string> found;
    for (const FeatureCount& count : check(assembler, source).features) {
      EXPECT_LE(count.feature->text.size(), kMaxFeatureText);
      EXPECT_EQ(count.hash, hash_of(*count.feature));
      if (is_closed(count.feature->kind))
        found.push_back(std::string(to_text(count.feature->kind)) + count.feature->text);
    }
    EXPECT_THAT(found, IsSubsetOf(known));
  }
}

// Databases keep them.
TEST(Features, HashesStayWhatTheyAre) {
  EXPECT_EQ(hash_of({FeatureKind::Edge, "return"}), 14761549039064513674u);
  EXPECT_NE(hash_of({FeatureKind::Edge, "return"}), hash_of({FeatureKind::Frame, "return"}));
}

}  // namespace
}  // namespace objhound::oracle
