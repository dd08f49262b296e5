// Equal faults have equal causes, and so equal fingerprints, whatever stands around them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "oracle/elf/compile_test_support.h"
#include "oracle/oracle.h"

namespace objhound::oracle {
namespace {

using testing::AllOf;
using testing::HasSubstr;

// The one violation of a function with this body.
Finding violation(const std::string& body) {
  const test::Workshop shop;
  shop.write("input.s", ".globl f\n.type f,@function\nf:\n.cfi_startproc\n" + body + ".cfi_endproc\n.size f,.-f\n");
  shop.run("clang-19 --target=x86_64-linux-gnu -c input.s -o output.o");
  const FileReport report = Oracle({.flags = {}}).check_file(shop.path("output.o"), "-O2");
  std::vector<Finding> found;
  for (const Finding& finding : report.findings) {
    if (finding.severity == Severity::Violation) found.push_back(finding);
  }
  EXPECT_EQ(found.size(), 1u);
  return found.empty() ? Finding{} : found.front();
}

const std::string kBegin = "subq $16, %rsp\n.cfi_def_cfa_offset 24\n";
const std::string kEnd = "call g\naddq $24, %rsp\n.cfi_def_cfa_offset 8\nret\n";

TEST(Cause, IsTheStepAndNotThePlace) {
  const Finding push = violation(kBegin + "pushq %rdi\nmovl %esi, %edx\n.cfi_adjust_cfa_offset 8\n" + kEnd);
  EXPECT_EQ(push.cause, "cfa, frame of sp: sp lowered by a store, the row (sp) stays; until its row comes");
  const Finding another = violation(
      "subq $48, %rsp\n.cfi_def_cfa_offset 56\ntestl %edi, %edi\nje 1f\naddl $3, %edi\n1:\n"
      "pushq $5\nmovq 16(%rsp), %rdx\nxorl %eax, %eax\nincl %edi\n.cfi_adjust_cfa_offset 8\n"
      "call g\naddq $56, %rsp\n.cfi_def_cfa_offset 8\nret\n");
  EXPECT_EQ(another.fingerprint, push.fingerprint) << another.cause;
  EXPECT_NE(another.offset, push.offset);
}

TEST(Cause, TellsWhichOfStateAndRowMoved) {
  const Finding state = violation(kBegin + "pushq %rdi\n.cfi_adjust_cfa_offset 8\ncall g\naddq $24, %rsp\nret\n");
  EXPECT_THAT(state.cause, HasSubstr("sp raised, the row (sp) stays; up to the end"));
  const Finding row = violation(kBegin + ".cfi_adjust_cfa_offset 8\npushq %rdi\n" + kEnd);
  EXPECT_THAT(row.cause, HasSubstr("the row turns (sp + more); until it is undone"));
  const Finding both = violation(kBegin + "pushq %rdi\n.cfi_adjust_cfa_offset 16\n" + kEnd);
  EXPECT_THAT(both.cause, HasSubstr("sp lowered by a store, the row turns (sp + more); up to a call"));
}

TEST(Cause, TellsHowControlCame) {
  const std::string save =
      "testl %edi, %edi\nje 1f\npushq %rbx\n.cfi_def_cfa_offset 16\n.cfi_offset %rbx, -16\n"
      "call g\npopq %rbx\n.cfi_def_cfa_offset 8\n";
  EXPECT_THAT(violation(save + "1: ret\n").cause,
              AllOf(HasSubstr("preserved register"), HasSubstr("(in place to saved) at a branch's target")));
}

// A register is as good as another that callees preserve; where SP is or was does not count.
TEST(Cause, HasNoNamesAndSizes) {
  const Finding rbx = violation(
      "pushq %rbx\n.cfi_def_cfa_offset 16\nmovl %edi, %ebx\ncall g\naddl %ebx, %eax\n"
      "popq %rbx\n.cfi_def_cfa_offset 8\nret\n");
  EXPECT_THAT(rbx.cause, HasSubstr("it overwritten, the row (in place) stays"));
  const Finding r13 = violation(
      "pushq %r13\n.cfi_def_cfa_offset 16\nsubq $64, %rsp\n.cfi_def_cfa_offset 80\nleaq (%rdi,%rsi), %r13\ncall g\n"
      "addq $64, %rsp\n.cfi_def_cfa_offset 16\npopq %r13\n.cfi_def_cfa_offset 8\nret\n");
  EXPECT_EQ(r13.fingerprint, rbx.fingerprint) << r13.cause;
}

}  // namespace
}  // namespace objhound::oracle
