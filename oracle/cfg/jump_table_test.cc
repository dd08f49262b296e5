// Jump tables, shape by shape, on hand-made micro-operations. Each test is one way in which a
// compiler gets from an index to a place.

#include "oracle/cfg/jump_table.h"

#include <gtest/gtest.h>

#include "oracle/cfg/switch_test_support.h"

namespace objhound::oracle {
namespace {

using namespace test;

// --- Shapes ----------------------------------------------------------------------------------------------------------

TEST(JumpTable, JumpThroughMemory) {  // cmp $3, r0; ja; jmp *T(,r0,8)
  Switch s;
  s.p.add({compare(0, 3)});
  s.go_to_default(Cond::UGt);
  s.p.add({{.op = Op::Zext, .width = 4, .dst = 0, .a = 0}});
  const uint64_t jump = s.p.here();
  s.p.relocate(kText, jump, RelocKind::Abs32, in_rodata(64));
  s.p.add({{.op = Op::JumpMem, .b = 0, .scale = 3, .relocatable = true}});
  s.whole_entries(64, 4);
  const Cfg cfg = s.build();
  EXPECT_EQ(table_of(cfg), "0 1 2 3 exact");
  EXPECT_EQ(cfg.jump_tables[0].table, in_rodata(64));
  EXPECT_EQ(cfg.jump_tables[0].entry_bytes, 8);
  EXPECT_EQ(cfg.insns[cfg.jump_tables[0].jump].offset, jump);
  EXPECT_EQ(table_edges(cfg, jump), 4u);
}

TEST(JumpTable, LoadAndJump) {
  Switch s;
  s.p.add({compare(0, 2)});
  s.go_to_default(Cond::UGt);
  s.p.add({{.op = Op::Zext, .width = 4, .dst = 0, .a = 0}});
  s.p.relocate(kText, s.p.here(), RelocKind::Abs32, in_rodata(0));
  s.p.add({{.op = Op::Load, .dst = 1, .b = 0, .scale = 3, .relocatable = true}});
  s.jump_through(1);
  s.whole_entries(0, 3);
  EXPECT_EQ(table_of(s.build()), "0 1 2 exact");
}

TEST(JumpTable, DifferencesToTheTable) {
  PicSwitch s;
  s.p.add({compare(0, 4)});
  s.go_to_default(Cond::UGt);
  s.p.add({{.op = Op::Zext, .width = 4, .dst = 0, .a = 0}});
  EXPECT_EQ(table_of(s.finish(5)), "0 1 2 3 4 exact");
}

TEST(JumpTable, ALowBoundIsSubtracted) {
  PicSwitch s;
  s.p.add({{.op = Op::Add, .width = 4, .dst = 0, .a = 0, .imm = -10}});
  s.p.add({compare(0, 3)});
  s.go_to_default(Cond::UGt);
  s.p.add({{.op = Op::Zext, .width = 4, .dst = 0, .a = 0}});
  EXPECT_EQ(table_of(s.finish(4)), "0 1 2 3 exact");
}

TEST(JumpTable, TheComparisonIsOnTheNarrowIndex) {  // cmp $3, r0b; ja; movzbl r0b, r0
  PicSwitch s;
  s.p.add({compare(0, 3, 1)});
  s.go_to_default(Cond::UGt);
  s.p.add({{.op = Op::Zext, .width = 1, .dst = 0, .a = 0}});
  EXPECT_EQ(table_of(s.finish(4)), "0 1 2 3 exact");
}

TEST(JumpTable, ANarrowComparisonSaysNothingOfAWideIndex) {
  PicSwitch s;
  s.p.add({compare(0, 3, 1)});
  s.go_to_default(Cond::UGt);
  s.p.add({{.op = Op::Zext, .width = 4, .dst = 0, .a = 0}});
  EXPECT_EQ(table_of(s.finish(6)), "0 1 2 3 4 5 inexact");
}

TEST(JumpTable, SignedBounds) {
  PicSwitch s;
  s.p.add({compare(0, 0)});
  s.go_to_default(Cond::SLt);
  s.p.add({compare(0, 3)});
  s.go_to_default(Cond::SGt);
  s.p.add({{.op = Op::Sext, .width = 4, .dst = 0, .a = 0}});
  EXPECT_EQ(table_of(s.finish(4)), "0 1 2 3 exact");
}

TEST(JumpTable, OneSignedBoundIsNoBound) {
  PicSwitch s;
  s.p.add({compare(0, 3)});
  s.go_to_default(Cond::SGt);
  s.p.add({{.op = Op::Sext, .width = 4, .dst = 0, .a = 0}});
  EXPECT_EQ(table_of(s.finish(4)), "0 1 2 3 inexact");
}

TEST(JumpTable, EqualitiesShrinkTheRange) {  // x != 0 from an earlier test: the table starts at 1
  PicSwitch s;
  s.p.add({compare(0, 3)});
  s.go_to_default(Cond::UGt);
  s.p.add({compare(0, 0)});
  s.go_to_default(Cond::Eq);
  s.p.add({{.op = Op::Zext, .width = 4, .dst = 0, .a = 0}});
  // The bound that was checked last is the tightest that counts.
  const Cfg cfg = s.finish(4);
  EXPECT_EQ(table_of(cfg), "1 2 3 exact");
  EXPECT_EQ(cfg.jump_tables[0].table, in_rodata(36));
}

TEST(JumpTable, Masks) {
  PicSwitch s;
  s.p.add({{.op = Op::And, .width = 4, .dst = 0, .a = 0, .imm = 7}});
  EXPECT_EQ(table_of(s.finish(8)), "0 1 2 3 4 5 6 7 exact");
}

TEST(JumpTable, AMaskThatIsWiderThanTheTable) {
  PicSwitch s;
  s.p.add({{.op = Op::And, .width = 4, .dst = 0, .a = 0, .imm = 127}});
  const Cfg cfg = s.finish(5);
  EXPECT_EQ(table_of(cfg), "0 1 2 3 4 inexact");
  EXPECT_EQ(table_edges(cfg, s.jump), 5u);  // the relocations end with the table, so its targets are certain
}

TEST(JumpTable, AMaskThatScales) {  // jmp *T(r0 & 56)
  Switch s;
  s.p.add({{.op = Op::And, .width = 4, .dst = 0, .a = 0, .imm = 56}});
  s.p.relocate(kText, s.p.here(), RelocKind::Abs32, in_rodata(0));
  s.p.add({{.op = Op::JumpMem, .b = 0, .relocatable = true}});
  s.whole_entries(0, 8);
  EXPECT_EQ(table_of(s.build()), "0 1 2 3 4 5 6 7 exact");
}

TEST(JumpTable, Shifts) {
  PicSwitch s;
  s.p.add({{.op = Op::Shr, .width = 4, .dst = 0, .a = 0, .imm = 30}});
  EXPECT_EQ(table_of(s.finish(4)), "0 1 2 3 exact");
}

TEST(JumpTable, AComparisonBeforeAShift) {  // x / 4 for x <= 15
  PicSwitch s;
  s.p.add({compare(0, 15)});
  s.go_to_default(Cond::UGt);
  s.p.add({{.op = Op::Shr, .width = 4, .dst = 0, .a = 0, .imm = 2}});
  EXPECT_EQ(table_of(s.finish(4)), "0 1 2 3 exact");
}

TEST(JumpTable, TheBitsAboveAreTested) {  // test $-4, r0; jne
  PicSwitch s;
  s.p.add({{.op = Op::TestBits, .width = 4, .a = 0, .imm = -4}});
  s.go_to_default(Cond::Ne);
  s.p.add({{.op = Op::Zext, .width = 4, .dst = 0, .a = 0}});
  EXPECT_EQ(table_of(s.finish(4)), "0 1 2 3 exact");
}

TEST(JumpTable, ABytesWorthOfCases) {
  PicSwitch s;
  s.p.add({{.op = Op::Load, .width = 1, .dst = 0, .a = 5}});
  const Cfg cfg = s.finish(260);
  ASSERT_EQ(cfg.jump_tables.size(), 1u);
  EXPECT_EQ(cfg.jump_tables[0].entries, 256u);
  EXPECT_TRUE(cfg.jump_tables[0].exact);
}

TEST(JumpTable, BytesRelativeToALabel) {  // adr r3, L; ldrb r2, [r1, r0]; add r3, r3, r2, sxtb #2
  Switch s;
  s.p.add({compare(0, 5)});
  s.go_to_default(Cond::UGt);
  s.lea(1, in_rodata(3));
  s.p.add({{.op = Op::Zext, .width = 4, .dst = 4, .a = 0}});
  s.p.add({{.op = Op::Load, .width = 1, .dst = 2, .a = 1, .b = 4}});
  s.lea(3, in_text(1016));
  s.p.add({{.op = Op::Sext, .width = 1, .dst = kTemp0, .a = 2},
           {.op = Op::AddReg, .dst = 3, .a = 3, .b = kTemp0, .scale = 2}});
  s.jump_through(3);
  for (int i = 0; i < 6; ++i) s.p.write(kRodata, 3 + static_cast<uint64_t>(i), 1, static_cast<uint64_t>(i - 4));
  const Cfg cfg = s.build();
  EXPECT_EQ(table_of(cfg), "0 1 2 3 4 5 exact");
  EXPECT_EQ(cfg.jump_tables[0].entry_bytes, 1);
}

TEST(JumpTable, HalfwordsRelativeToALabel) {
  Switch s;
  s.p.add({compare(0, 2)});
  s.go_to_default(Cond::UGt);
  s.lea(1, in_rodata(2));
  s.p.add({{.op = Op::Zext, .width = 4, .dst = 4, .a = 0}});
  s.p.add({{.op = Op::Load, .width = 2, .dst = 2, .a = 1, .b = 4, .scale = 1}});
  s.lea(3, in_text(1000));
  s.add_reg(3, 3, 2, 2);
  s.jump_through(3);
  for (int i = 0; i < 3; ++i) s.p.write(kRodata, 2 + 2 * static_cast<uint64_t>(i), 2, static_cast<uint64_t>(i));
  EXPECT_EQ(table_of(s.build()), "0 1 2 exact");
}

TEST(JumpTable, APageAndItsLowPart) {  // adrp r1, T; add r1, r1, :lo12:T
  Switch s;
  s.p.add({compare(0, 2)});
  s.go_to_default(Cond::UGt);
  s.p.add({{.op = Op::Zext, .width = 4, .dst = 0, .a = 0}});
  s.p.relocate(kText, s.p.here(), RelocKind::Page, in_rodata(8));
  s.p.add({{.op = Op::Address, .dst = 1, .page = true, .relocatable = true}});
  s.p.relocate(kText, s.p.here(), RelocKind::Low12, in_rodata(8));
  s.p.add({{.op = Op::Add, .dst = 1, .a = 1, .relocatable = true}});
  s.load_difference(2, 1, 0);
  s.add_reg(2, 2, 1);
  s.jump_through(2);
  s.difference_entries(8, 3);
  EXPECT_EQ(table_of(s.build()), "0 1 2 exact");
}

TEST(JumpTable, WithoutOptimisationTheIndexLivesInMemory) {
  Switch s;  // mov r0, -4(fp); cmpl $3, -4(fp); ja; mov -4(fp), r0; lea 0(,r0,4), r1; add T; ...
  s.p.add({{.op = Op::Store, .width = 4, .a = kFp, .src = 0, .imm = -4}});
  s.p.add({{.op = Op::CompareMem, .width = 4, .a = kFp, .imm = -4, .imm2 = 3}});
  s.go_to_default(Cond::UGt);
  s.p.add({{.op = Op::Load, .width = 4, .dst = 0, .a = kFp, .imm = -4}});
  s.p.add({{.op = Op::AddReg, .dst = 1, .b = 0, .scale = 2}});
  s.lea(2, in_rodata(16));
  s.p.add({{.op = Op::Load, .width = 4, .dst = 3, .a = 1, .b = 2}});
  s.p.add({{.op = Op::Sext, .width = 4, .dst = 3, .a = 3}});
  s.lea(2, in_rodata(16));
  s.add_reg(3, 3, 2);
  s.jump_through(3);
  s.difference_entries(16, 4);
  EXPECT_EQ(table_of(s.build()), "0 1 2 3 exact");
}

TEST(JumpTable, AStoreToTheSlotBetweenComparisonAndJump) {
  for (const int64_t where : {-4, -2, -8, -12}) {
    PicSwitch s;
    s.p.add({{.op = Op::Store, .width = 4, .a = kFp, .src = 0, .imm = -4}});
    s.p.add({{.op = Op::CompareMem, .width = 4, .a = kFp, .imm = -4, .imm2 = 3}});
    s.go_to_default(Cond::UGt);
    s.p.add({{.op = Op::Store, .width = 4, .a = kFp, .src = 5, .imm = where}});
    s.p.add({{.op = Op::Load, .width = 4, .dst = 0, .a = kFp, .imm = -4}});
    const bool overlaps = where == -4 || where == -2;
    EXPECT_EQ(table_of(s.finish(4)), overlaps ? "0 1 2 3 inexact" : "0 1 2 3 exact") << where;
  }
}

TEST(JumpTable, ACallBetweenSpillAndReload) {
  PicSwitch s;
  const uint32_t symbol = s.p.undefined("g");
  s.p.add({{.op = Op::CompareMem, .width = 4, .a = kFp, .imm = -4, .imm2 = 3}});
  s.go_to_default(Cond::UGt);
  s.p.relocate(kText, s.p.here(), RelocKind::Branch, {}, symbol);
  s.p.add({call(s.p.here(), 0)});
  s.p.add({{.op = Op::Load, .width = 4, .dst = 0, .a = kFp, .imm = -4}});
  EXPECT_EQ(table_of(s.finish(4)), "0 1 2 3 inexact");
}

TEST(JumpTable, TheComparisonIsBlocksAway) {
  PicSwitch s;
  s.p.add({compare(0, 3)});
  s.go_to_default(Cond::UGt);
  const uint64_t diamond = s.p.here();
  s.p.add({branch(diamond, diamond + 8, Cond::Other)});
  s.p.add({nothing()});
  s.p.add({{.op = Op::Zext, .width = 4, .dst = 8, .a = 0}});
  // r0 is written on one way only, r8 is the index on both.
  EXPECT_EQ(table_of(s.finish(4, 8)), "0 1 2 3 inexact");

  PicSwitch t;
  t.p.add({compare(9, 3)});
  t.go_to_default(Cond::UGt);
  t.p.add({branch(8, 16, Cond::Other)});
  t.p.add({nothing()});
  t.p.add({{.op = Op::Zext, .width = 4, .dst = 8, .a = 9}});
  EXPECT_EQ(table_of(t.finish(4, 8)), "0 1 2 3 exact");
}

TEST(JumpTable, EveryWayHasItsOwnComparison) {
  PicSwitch s;
  s.p.add({branch(0, 16, Cond::Other)});
  s.p.add({compare(9, 3)});                                   // 4
  s.go_to_default(Cond::UGt);                                 // 8
  s.p.add({jump(12, 24)});                                    // 12
  s.p.add({compare(9, 5)});                                   // 16
  s.go_to_default(Cond::UGe);                                 // 20
  s.p.add({{.op = Op::Zext, .width = 4, .dst = 8, .a = 9}});  // 24
  EXPECT_EQ(table_of(s.finish(5, 8)), "0 1 2 3 4 exact");
}

TEST(JumpTable, OneWayHasNoComparison) {
  PicSwitch s;
  s.p.add({branch(0, 12, Cond::Other)});
  s.p.add({compare(9, 3)});
  s.go_to_default(Cond::UGt);
  s.p.add({{.op = Op::Zext, .width = 4, .dst = 8, .a = 9}});  // 12
  EXPECT_EQ(table_of(s.finish(5, 8)), "0 1 2 3 4 inexact");
}

TEST(JumpTable, ALoopThatKeepsTheTablesAddress) {
  // lea T, r9 before the loop; the cases go back to its head.
  Switch s;
  s.lea(9, in_rodata(0));
  const uint64_t head = s.p.here();
  s.p.add({{.op = Op::Load, .width = 4, .dst = 0, .a = 10}});
  s.p.add({compare(0, 1)});
  s.go_to_default(Cond::UGt);
  s.load_difference(2, 9, 0);
  s.add_reg(2, 2, 9);
  s.jump_through(2);
  s.difference_entries(0, 2);
  s.p.add_at(Switch::kDefault, {ret()});
  s.p.add_at(1000, {jump(1000, head)});
  s.p.add_at(1004, {branch(1004, head, Cond::Other)});
  s.p.add_at(1008, {ret()});
  s.p.function("f", 0, Switch::kEnd);
  EXPECT_EQ(table_of(s.p.build()[0]), "0 1 exact");
}

TEST(JumpTable, TheIndexIsIncrementedInTheLoop) {
  // The comparison is at the loop's head, on this round's index.
  PicSwitch s;
  s.p.add({{.op = Op::Const, .dst = 8, .imm = 0}});
  s.p.add({compare(8, 2)});  // 4: head
  s.go_to_default(Cond::UGt);
  s.p.add({{.op = Op::Zext, .width = 4, .dst = 0, .a = 8}});
  s.lea(1, in_rodata(32));
  s.load_difference(2, 1, 0);
  s.add_reg(2, 2, 1);
  s.jump_through(2);
  s.difference_entries(32, 3);
  s.p.add_at(Switch::kDefault, {ret()});
  s.p.add_at(1000, {nothing()});
  s.p.add_at(1004, {nothing()});
  s.p.add_at(1008, {{.op = Op::Add, .width = 4, .dst = 8, .a = 8, .imm = 1}});
  s.p.add_at(1012, {jump(1012, 4)});
  s.p.function("f", 0, Switch::kEnd);
  EXPECT_EQ(table_of(s.p.build()[0]), "0 1 2 exact");
}

TEST(JumpTable, TheTablesAddressWasSpilled) {
  Switch s;
  s.lea(1, in_rodata(0));
  s.p.add({{.op = Op::Store, .a = kSp, .src = 1, .imm = 8}});
  const uint32_t symbol = s.p.undefined("g");
  s.p.relocate(kText, s.p.here(), RelocKind::Branch, {}, symbol);
  s.p.add({call(s.p.here(), 0)});
  s.p.add({compare(0, 2)});
  s.go_to_default(Cond::UGt);
  s.p.add({{.op = Op::Zext, .width = 4, .dst = 0, .a = 0}});
  s.p.add({{.op = Op::Load, .dst = 3, .a = kSp, .imm = 8}});
  s.load_difference(2, 3, 0);
  s.add_reg(2, 2, 3);
  s.jump_through(2);
  s.difference_entries(0, 3);
  EXPECT_EQ(table_of(s.build()), "0 1 2 exact");
}

TEST(JumpTable, NestedTablesAreFoundOneAfterTheOther) {
  PicSwitch s;
  s.p.add_at(1000, {compare(6, 1)});  // case 0 is a switch of its own
  s.p.add({compare(0, 3)});
  s.go_to_default(Cond::UGt);
  s.p.add({{.op = Op::Zext, .width = 4, .dst = 0, .a = 0}});
  s.lea(1, in_rodata(0));
  s.load_difference(2, 1, 0);
  s.add_reg(2, 2, 1);
  s.jump_through(2);
  s.p.relocate(kRodata, 0, RelocKind::PcRel32, in_text(500));
  for (int i = 1; i < 4; ++i)
    s.p.relocate(kRodata, static_cast<uint64_t>(4 * i), RelocKind::PcRel32, in_text(1000 + 8 * i));
  s.p.skip_to(500);
  s.p.add({compare(6, 2)});
  s.go_to_default(Cond::UGt);
  s.p.add({{.op = Op::Zext, .width = 4, .dst = 6, .a = 6}});
  const Cfg cfg = s.finish(3, 6);
  ASSERT_EQ(cfg.jump_tables.size(), 2u);
  EXPECT_EQ(cfg.jump_tables[1].targets.size(), 3u);
  EXPECT_TRUE(cfg.jump_tables[0].exact && cfg.jump_tables[1].exact);
}

TEST(JumpTable, AConstantIndexUsesTheWholeTable) {
  PicSwitch s;
  s.p.add({{.op = Op::Const, .dst = 0, .imm = 2}});
  EXPECT_EQ(table_of(s.finish(5)), "0 1 2 3 4 inexact");
}

}  // namespace
}  // namespace objhound::oracle
