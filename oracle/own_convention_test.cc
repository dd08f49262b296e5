// Assembly by hand keeps conventions of its own. Where the object shows that it is one, what it does is a doubt; where
// a compiler's name stands in the object, or the code looks like everybody's, it is a violation.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "oracle/elf/compile_test_support.h"
#include "oracle/oracle.h"

namespace objhound::oracle {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

struct Checked {
  std::vector<std::string> violations, reasons;
};

// Assembled for arm64, as is; the flags are not known.
Checked check(const std::string& source) {
  const test::Workshop shop;
  shop.write("input.s", source);
  shop.run("aarch64-linux-gnu-gcc-12 -c input.s -o output.o");
  const FileReport report = Oracle({.flags = {}}).check_file(shop.path("output.o"));
  Checked checked;
  for (const Finding& finding : report.findings) {
    if (finding.severity == Severity::Violation)
      checked.violations.push_back(std::string(rule(finding.rule).slug) + " " + finding.function);
  }
  for (const UnprovedFunction& function : report.unproved_functions)
    checked.reasons.push_back(std::string(to_text(function.reason)) + " " + function.function);
  return checked;
}

std::string function(const std::string& name, const std::string& body) {
  return ".globl " + name + "\n.type " + name + ",%function\n" + name + ":\n" + body + ".size " + name + ",.-" + name +
         "\n";
}

constexpr const char* kIdent = ".ident \"GCC: (GNU) 12.2.0\"\n";

// glibc's memmove enters memcpy behind its first instructions.
TEST(OwnConvention, JumpsIntoANeighbour) {
  const std::string source = function("f", "mov x3, 1\nb 1f\n") + function("g", "mov x3, 0\n1: mov x0, x3\nret\n");
  const Checked by_hand = check(source);
  EXPECT_THAT(by_hand.violations, IsEmpty());
  EXPECT_THAT(by_hand.reasons, ElementsAre("call-convention f"));
  EXPECT_THAT(check(source + kIdent).violations, ElementsAre("bad-branch-target f"));
}

// The sanitizers' vfork keeps its return address where a call says.
TEST(OwnConvention, CodeThatNothingDescribes) {
  const std::string source = function("f", "bl g\nldr x30, [x0]\nret\n");
  const Checked by_hand = check(source);
  EXPECT_THAT(by_hand.violations, IsEmpty());
  EXPECT_THAT(by_hand.reasons, Contains("nonstandard-frame f"));
  EXPECT_THAT(check(source + kIdent).violations, ElementsAre("return-address-lost f"));
  const std::string described = ".cfi_startproc\nbl g\nldr x30, [x0]\nret\n.cfi_endproc\n";
  EXPECT_THAT(check(function("f", described)).violations, Contains("return-address-lost f"));
}

// glibc's rawmemchr calls strlen, of which it knows that it leaves x14 and x15 alone.
TEST(OwnConvention, TheReturnAddressIsInAnotherRegister) {
  const auto source = [](const std::string& column) {
    return function("f", ".cfi_startproc\nmov x15, x30\n" + column + "bl g\nret x15\n.cfi_endproc\n");
  };
  const Checked by_hand = check(source(".cfi_return_column 15\n"));
  EXPECT_THAT(by_hand.violations, IsEmpty());
  EXPECT_THAT(by_hand.reasons, ElementsAre("dwarf-expression f"));
  EXPECT_THAT(check(source(".cfi_register 30, 15\n")).violations, Contains("return-address-lost f"));
}

// The stubs of libgcc for -mcall-ms2sysv-xlogues find the CFA in a register that their caller has set.
TEST(OwnConvention, AnUnwindEntryThatBeginsWithAFrame) {
  const std::string source = function("f",
                                      ".cfi_startproc\n.cfi_def_cfa 10, 16\nbl g\nldr x30, [x10]\nadd sp, x10, 16\n"
                                      ".cfi_def_cfa 31, 0\nret\n.cfi_endproc\n");
  const Checked by_hand = check(source);
  EXPECT_THAT(by_hand.violations, IsEmpty());
  EXPECT_THAT(by_hand.reasons, ElementsAre("nonstandard-frame f"));
  EXPECT_THAT(check(source + kIdent).violations, Contains("cfa-wrong f"));
}

// libgcc's __morestack_non_split runs into __morestack.
TEST(OwnConvention, RunningIntoTheNextFunction) {
  const std::string frame =
      ".cfi_startproc\nsub sp, sp, 16\n.cfi_def_cfa_offset 16\nadd sp, sp, 16\n"
      ".cfi_def_cfa_offset 0\n.cfi_endproc\n";
  const std::string source = function("f", frame) + function("g", ".cfi_startproc\nret\n.cfi_endproc\n");
  const Checked by_hand = check(source);
  EXPECT_THAT(by_hand.violations, IsEmpty());
  EXPECT_THAT(by_hand.reasons, ElementsAre("unreachable-end f"));
  EXPECT_THAT(check(source + kIdent).violations, ElementsAre("falls-through f"));
  EXPECT_THAT(check(function("f", frame) + ".word 0\n").violations, ElementsAre("falls-through f"));
}

// glibc's _dl_runtime_resolve is jumped to from the procedure linkage table, which has pushed the link register.
TEST(OwnConvention, AFrameThatIsThereAtTheEntry) {
  const auto source = [](const std::string& before, const std::string& after) {
    return function("f", ".cfi_startproc\nhint 34\n" + before + "sub sp, sp, 32\n.cfi_adjust_cfa_offset 32\n" + after +
                             "bl g\nldp x16, x30, [sp, 32]\nadd sp, sp, 48\n.cfi_adjust_cfa_offset -48\nbr x0\n"
                             ".cfi_endproc\n");
  };
  const Checked by_hand = check(source(".cfi_offset 30, 8\n", ""));
  EXPECT_THAT(by_hand.violations, IsEmpty());
  EXPECT_THAT(by_hand.reasons, ElementsAre("indirect-jump f"));  // the way out, which comes first
  EXPECT_THAT(check(source(".cfi_offset 30, -8\n", "")).violations, Contains("return-address-rule-wrong f"));
  EXPECT_THAT(check(source("", ".cfi_offset 30, 8\n")).violations, Contains("return-address-rule-wrong f"));
}

}  // namespace
}  // namespace objhound::oracle
