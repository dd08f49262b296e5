// Archives: each member is checked, and knows of the others which functions never return.

#include "oracle/linkage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "oracle/elf/compile_test_support.h"
#include "oracle/oracle.h"

namespace objhound::oracle {
namespace {

using test::Workshop;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// caller() ends in a call of die(); die() ends in one of leave().
constexpr const char* kCaller = "void die(void) __attribute__((noreturn)); void caller(void) { die(); }";
constexpr const char* kDie = "void leave(void) __attribute__((noreturn)); void die(void) { leave(); }";
constexpr const char* kLeave = "void leave(void) { for (;;) __asm__ volatile(\"\"); }";

class ArchiveOf : public testing::Test {
 protected:
  std::vector<FileReport> check(const std::vector<std::string>& sources, const std::string& compiler = "gcc-12 -O1") {
    std::string members;
    for (size_t i = 0; i < sources.size(); ++i) {
      const std::string name = "member" + std::to_string(i);
      shop_.write(name + ".c", sources[i]);
      shop_.run(compiler + " -c " + name + ".c -o " + name + ".o");
      members += " " + name + ".o";
    }
    shop_.run("rm -f x.a && ar rc x.a" + members);
    return Oracle({.flags = {}, .threads = 2}).check_file_or_members(shop_.path("x.a"));
  }
  Workshop shop_;
};

TEST_F(ArchiveOf, MembersThatNeverReturnAreKnownToTheOthers) {
  const std::vector<FileReport> reports = check({kCaller, kDie, kLeave});
  ASSERT_EQ(reports.size(), 3u);
  for (const FileReport& report : reports) {
    EXPECT_EQ(report.error, "");
    EXPECT_EQ(report.proved, 1u) << report.path;
  }
  EXPECT_THAT(reports[0].path, HasSubstr("x.a(member0.o)"));
}

TEST_F(ArchiveOf, AMemberAloneKnowsNothing) {
  const std::vector<FileReport> reports = check({kCaller});
  ASSERT_EQ(reports.size(), 1u);
  ASSERT_EQ(reports[0].unproved, 1u);
  EXPECT_EQ(reports[0].unproved_functions[0].reason, Reason::NoreturnUnknown);
}

TEST_F(ArchiveOf, WhatReturnsOrMayBeReplacedSaysNothing) {
  const std::string weak = "__attribute__((weak)) " + std::string(kLeave);
  for (const std::string& leave : {weak, std::string("int i; void leave(void) { i = 1; }")}) {
    const std::vector<FileReport> reports = check({kCaller, kDie, leave});
    EXPECT_EQ(reports[1].unproved, 1u) << leave;
  }
  // Two members define it, and one returns: which of them is linked nobody knows.
  EXPECT_EQ(check({kCaller, kDie, kLeave, "int i; void leave(void) { i = 1; }"})[1].unproved, 1u);
}

TEST_F(ArchiveOf, ALocalFunctionOfTheSameNameIsAnother) {
  const std::string own =
      "int i; static __attribute__((noinline)) void leave(void) { i++; }\nint f(void) { leave(); return i; }";
  const std::vector<FileReport> reports = check({kDie, kLeave, own});
  EXPECT_EQ(reports[0].proved, 1u);
  EXPECT_EQ(reports[2].proved, 2u);
}

TEST_F(ArchiveOf, AFaultInAMemberIsStillFound) {
  const std::vector<FileReport> reports =
      check({kLeave,
             "__asm__(\".globl f\\n.type f,@function\\nf: .cfi_startproc\\n push %rbx\\n pop %rax\\n ret\\n"
             ".cfi_endproc\\n.size f,.-f\");"});
  EXPECT_EQ(reports[1].violating, 1u);
}

TEST_F(ArchiveOf, OneMemberThatIsNoObjectDoesNotHideTheRest) {
  check({kLeave});
  shop_.write("readme.txt", "not an object");
  shop_.run("ar q x.a readme.txt");
  const std::vector<FileReport> reports = Oracle({.flags = {}}).check_file_or_members(shop_.path("x.a"));
  ASSERT_EQ(reports.size(), 2u);
  EXPECT_EQ(reports[0].proved, 1u);
  EXPECT_THAT(reports[1].error, HasSubstr("x.a(readme.txt): not an ELF file"));
  shop_.run("ar rc none.a readme.txt && ar rc none.a readme.txt && ar rc empty.a");
  EXPECT_EQ(Oracle({.flags = {}}).check_file_or_members(shop_.path("none.a")).size(), 1u);
  EXPECT_THAT(Oracle({.flags = {}}).check_file_or_members(shop_.path("empty.a")), IsEmpty());
}

TEST(Linkage, AllThatDefineItMustAgree) {
  const std::vector<Linkage> files = {{{"a", "b"}, {"c"}, {}}, {{"b", "c"}, {"d"}, {"a"}}, {{}, {}, {"b", "x"}}};
  const std::vector<std::string> names = never_return_in_all(files);
  EXPECT_THAT(names, ElementsAre("a", "b"));
  EXPECT_TRUE(refers_to_new(files[1], names, {}));
  EXPECT_FALSE(refers_to_new(files[1], names, std::vector<std::string>{"a"}));
  EXPECT_FALSE(refers_to_new(files[0], names, {}));
}

}  // namespace
}  // namespace objhound::oracle
