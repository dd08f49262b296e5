// Functions that no compiler writes, made so that a check costs the square of their size. They end as unproved, with
// the limit for a reason; a hang is what the suite's time limit is for.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "oracle/elf/compile_test_support.h"
#include "oracle/oracle.h"

namespace objhound::oracle {
namespace {

// Each read may see what a call has overwritten, and looks for it through the whole function.
TEST(Limits, ManyReadsFromTheRedZoneBehindACall) {
  std::string source =
      ".globl f\n.type f,@function\nf:\n.cfi_startproc\nsubq $8, %rsp\n.cfi_def_cfa_offset 16\ncall g\n"
      "addq $8, %rsp\n.cfi_def_cfa_offset 8\n";
  for (int i = 0; i < 50'000; ++i) source += fmt::format("cmpl $0, -16(%rsp)\nje .L{0}\nincl %eax\n.L{0}:\n", i);
  const test::Workshop shop;
  shop.write("input.s", source + "ret\n.cfi_endproc\n.size f,.-f\n");
  shop.run("gcc-12 -c input.s -o output.o");
  const FileReport report = Oracle({.flags = "gcc-12 -O2"}).check_file(shop.path("output.o"));
  EXPECT_EQ(report.violating, 0u);
  ASSERT_EQ(report.unproved_functions.size(), 1u);
  EXPECT_EQ(report.unproved_functions[0].reason, Reason::Limit);
}

// Where SP comes from is a sum of sums, each with a long way back to its operands.
TEST(Limits, AStackPointerThatIsASumOfSums) {
  std::string source = ".globl f\n.type f,@function\nf:\n.cfi_startproc\nmovq %rsp, %rbp\n";
  for (int i = 0; i < 12; ++i) source += "leaq (%rax,%rax), %rax\n.rept 50000\nincl %ecx\n.endr\n";
  const test::Workshop shop;
  shop.write("input.s", source + "movq %rax, %rsp\ncall g\nmovq %rbp, %rsp\nret\n.cfi_endproc\n.size f,.-f\n");
  shop.run("gcc-12 -c input.s -o output.o");
  const FileReport report = Oracle({.flags = "gcc-12 -O2"}).check_file(shop.path("output.o"));
  EXPECT_EQ(report.error, "");
  for (const Finding& finding : report.findings) EXPECT_NE(finding.rule, RuleId::MisalignedStack);
}

// Each of many places in the gap behind the code is named, and perhaps read through.
TEST(Limits, ManyNamesOfUnreachableCode) {
  std::string source =
      ".globl f\n.type f,@function\nf:\n.cfi_startproc\n.rept 200000\nleaq .Lgap(%rip), %rax\n.endr\n"
      "movl (%rax), %eax\nret\n.Lgap: nop\nret\n.cfi_endproc\n.size f,.-f\n";
  const test::Workshop shop;
  shop.write("input.s", source);
  shop.run("gcc-12 -shared -nostdlib input.s -o output.so");
  const FileReport report = Oracle({}).check_file(shop.path("output.so"));
  EXPECT_EQ(report.violating, 0u);
}

// An expression as long as a block can be, for each instruction behind which it is asked again.
TEST(Limits, ALongExpression) {
  std::string source = ".globl f\n.type f,@function\nf:\n.cfi_startproc\n.cfi_escape 0x10,3,0xff,0x7f";
  for (int i = 0; i < 5461; ++i) source += ",0x77,0x08,0x06";  // DW_OP_breg7 8; DW_OP_deref
  source += "\n.rept 500000\nincl %eax\n.endr\nret\n.cfi_endproc\n.size f,.-f\n";
  const test::Workshop shop;
  shop.write("input.s", source);
  shop.run("gcc-12 -c input.s -o output.o");
  const FileReport report = Oracle({.flags = "gcc-12 -O2"}).check_file(shop.path("output.o"));
  ASSERT_EQ(report.unproved_functions.size(), 1u);
  EXPECT_EQ(report.unproved_functions[0].reason, Reason::DwarfExpression);
}

// Behind each of many stores control may be taken to end.
TEST(Limits, ManyPlacesWhereControlMayEnd) {
  std::string source = ".globl f\n.type f,@function\nf:\n.cfi_startproc\nsubq $56, %rsp\n.cfi_def_cfa_offset 64\n";
  constexpr const char* kRegisters[] = {"rbx", "rbp", "r12", "r13", "r14", "r15"};
  for (int i = 0; i < 200'000; ++i) {
    source += fmt::format("testl %eax, %eax\nje .L{0}\nmovq %{1}, {2}(%rsp)\n.L{0}: movq {3}(%rsp), %{4}\n", i,
                          kRegisters[i % 6], 8 * (i % 7), 8 * (3 * i % 7), kRegisters[(i + 1) % 6]);
  }
  const test::Workshop shop;
  shop.write("input.s", source + "addq $56, %rsp\n.cfi_def_cfa_offset 8\nret\n.cfi_endproc\n.size f,.-f\n");
  shop.run("gcc-12 -c input.s -o output.o");
  EXPECT_EQ(Oracle({.flags = "gcc-12 -O2"}).check_file(shop.path("output.o")).violating, 1u);
}

// Very many blocks with all the slots that a state may have; what they do beside, `one` and `other`.
FileReport many_blocks_with_many_slots(const std::string& one, const std::string& other) {
  const test::Workshop shop;
  shop.write("input.s",
             ".globl f\n.type f,@function\nf:\n.cfi_startproc\n.rept 600\npushq %rbx\n.cfi_adjust_cfa_offset 8\n.endr\n"
             ".rept 40000\n" +
                 one + "\nje 1f\nnop\n1:\n" + other +
                 "\nje 1f\nnop\n1:\n.endr\naddq $4800,%rsp\n.cfi_adjust_cfa_offset -4800\nret\n"
                 ".cfi_endproc\n.size f,.-f\n");
  shop.run("gcc-12 -c input.s -o output.o");
  return Oracle({.flags = "gcc-12 -O2"}).check_file(shop.path("output.o"));
}

TEST(Limits, ManyBlocksThatChangeManySlots) {
  const FileReport report = many_blocks_with_many_slots("movl $1,%eax", "movl $2,%eax");
  EXPECT_EQ(report.error, "");
  EXPECT_EQ(report.violating, 0u);
  ASSERT_EQ(report.unproved_functions.size(), 1u);
  EXPECT_EQ(report.unproved_functions[0].reason, Reason::Limit);
}

// They share one state.
TEST(Limits, ManyBlocksThatKeepManySlots) { EXPECT_EQ(many_blocks_with_many_slots("nop", "nop").proved, 1u); }

// Each instruction has a wrong row of its own, and a longer way to it. And one fault behind them all.
TEST(Limits, ManyPushesWithoutRows) {
  std::string source = ".globl f\n.type f,@function\nf:\n.cfi_startproc\n";
  for (int i = 0; i < 5'000; ++i) source += "pushq %rbx\n";
  const test::Workshop shop;
  shop.write("input.s", source + "ret\n.cfi_endproc\n.size f,.-f\n");
  shop.run("gcc-12 -c input.s -o output.o");
  const FileReport report = Oracle({.flags = "gcc-12 -O2"}).check_file(shop.path("output.o"));
  EXPECT_EQ(report.violating, 1u);
  ASSERT_GE(report.findings.size(), 5'000u);
  EXPECT_NE(report.findings.front().cause, report.findings[4'000].cause);
  EXPECT_EQ(report.findings[4'000].cause, "one of many");
}

}  // namespace
}  // namespace objhound::oracle
