// Indirect jumps that go through no table, or through one of labels.

#include <gtest/gtest.h>

#include "oracle/cfg/switch_test_support.h"

namespace objhound::oracle {
namespace {

using namespace test;

TEST(ComputedGoto, ATableOfLabelsIsAsLongAsItsObject) {
  Switch s;
  s.p.symbol("labels", in_rodata(64), 24);
  s.p.relocate(kText, s.p.here(), RelocKind::Abs32, in_rodata(64));
  s.p.add({{.op = Op::JumpMem, .b = 0, .scale = 3, .relocatable = true}});
  s.whole_entries(64, 5);  // more labels follow, of another table
  EXPECT_EQ(table_of(s.build()), "0 1 2 exact");
}

TEST(ComputedGoto, LabelsThatMeetInARegister) {
  Switch s;
  s.lea(1, in_text(1000));
  s.p.add({branch(4, 12, Cond::Other)});
  s.lea(1, in_text(1008));
  const uint64_t jump = s.jump_through(1);
  const Cfg cfg = s.build();
  EXPECT_EQ(edges(cfg, block_at(cfg, jump)), "indirect 1000, indirect 1008");
}

TEST(ComputedGoto, AnUnknownTargetMayBeAnyLabelWhoseAddressIsTaken) {
  Switch s;
  s.p.add({{.op = Op::Load, .dst = 1, .a = 0}});
  const uint64_t jump = s.jump_through(1);
  s.p.relocate(kData, 8, RelocKind::Abs64, in_text(1004));
  s.p.relocate(kData, 16, RelocKind::Abs64, in_text(1012));
  s.p.relocate(kData, 24, RelocKind::Abs64, in_text(5000));  // elsewhere
  const Cfg cfg = s.build();
  EXPECT_EQ(edges(cfg, block_at(cfg, jump)), "indirect~ 1004, indirect~ 1012");
  EXPECT_EQ(block_at(cfg, jump).exit, Exit::None);
}

TEST(IndirectJump, AnArgumentIsCalled) {
  Switch s;
  const uint64_t jump = s.jump_through(0);
  const Cfg cfg = s.build();
  EXPECT_EQ(block_at(cfg, jump).exit, Exit::TailCallIndirect);
  EXPECT_TRUE(block_at(cfg, jump).callee.indirect);
}

TEST(IndirectJump, AValueFromAnObjectIsCalled) {
  Switch s;
  s.p.add({{.op = Op::Load, .dst = 1, .a = 0, .imm = 16}});
  const uint64_t jump = s.jump_through(1);
  EXPECT_EQ(block_at(s.build(), jump).exit, Exit::TailCallIndirect);
}

TEST(IndirectJump, AComputedValueIsNotCalled) {
  Switch s;
  s.p.add({{.op = Op::Load, .width = 4, .dst = 1, .a = 0, .is_signed = true}});
  s.add_reg(1, 1, 0);
  const uint64_t jump = s.jump_through(1);
  EXPECT_EQ(block_at(s.build(), jump).exit, Exit::Unresolved);
}

TEST(IndirectJump, ATableOfFunctionsIsCalledThrough) {
  Switch s;
  const uint32_t g = s.p.undefined("g");
  const uint64_t jump = s.p.here();
  s.p.relocate(kText, jump, RelocKind::Abs32, in_rodata(64));
  s.p.add({{.op = Op::JumpMem, .b = 0, .scale = 3, .relocatable = true}});
  s.p.relocate(kRodata, 64, RelocKind::Abs64, {}, g);
  EXPECT_EQ(block_at(s.build(), jump).exit, Exit::TailCallIndirect);
}

TEST(IndirectJump, AFunctionsAddressInARegisterIsATailCall) {
  Switch s;
  const uint32_t g = s.p.undefined("g");
  s.p.relocate(kText, s.p.here(), RelocKind::Abs64, {}, g);
  s.p.add({{.op = Op::Const, .dst = 1, .relocatable = true}});
  const uint64_t jump = s.jump_through(1);
  const Cfg cfg = s.build();
  EXPECT_EQ(block_at(cfg, jump).exit, Exit::TailCall);
  EXPECT_EQ(block_at(cfg, jump).callee.symbol, g);
}

}  // namespace
}  // namespace objhound::oracle
