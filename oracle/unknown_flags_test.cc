// Tables of objects whose flags nobody knows, on an architecture where Clang has modes with weaker ones than its
// default.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "oracle/elf/compile_test_support.h"
#include "oracle/oracle.h"

namespace objhound::oracle {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> violations(const std::string& at_the_end, const std::string& at_the_call = "") {
  const test::Workshop shop;
  // As clang-16 -Oz has it for arm64, which describes the prologue in two steps and the epilogue not at all.
  shop.write("input.s", R"(
	.ident "Debian clang version 16.0.6"
	.globl f
	.type f,@function
f:	.cfi_startproc
	sub sp, sp, #80
	.cfi_def_cfa_offset 80
	stp x29, x30, [sp, #48]
	stp x20, x19, [sp, #64]
	add x29, sp, #48
	.cfi_def_cfa w29, 32
	.cfi_offset w19, -8
	.cfi_offset w20, -16
	.cfi_offset w30, -24
	.cfi_offset w29, -32
	mov w19, w0
	)" + at_the_call + R"(
	bl g
	add w0, w0, w19
	ldp x20, x19, [sp, #64]
	ldp x29, x30, [sp, #48]
	add w0, w0, #1
	add sp, sp, #80
	)" + at_the_end + R"(
	ret
	.cfi_endproc
	.size f, .-f
)");
  shop.run("clang-19 --target=aarch64-linux-gnu -c input.s -o output.o");
  std::vector<std::string> rules;
  for (const Finding& finding : Oracle({.flags = {}}).check_file(shop.path("output.o")).findings)
    if (finding.severity == Severity::Violation) rules.emplace_back(rule(finding.rule).slug);
  return rules;
}

TEST(UnknownFlags, TablesThatAreRightAtCallsOnly) {
  EXPECT_THAT(violations(""), IsEmpty());
  EXPECT_THAT(violations("", ".cfi_def_cfa w29, 48"), ElementsAre("cfa-wrong"));
}

// Who goes back to the entry's CFA at the end means every instruction.
TEST(UnknownFlags, TablesThatDescribeTheEpilogue) {
  EXPECT_THAT(violations(".cfi_def_cfa sp, 0\n.cfi_restore w19\n.cfi_restore w20\n.cfi_restore w29\n.cfi_restore w30"),
              ElementsAre("cfa-wrong"));
}

}  // namespace
}  // namespace objhound::oracle
