// Jump tables whose length no bound tells, and tables of linked files.

#include <gtest/gtest.h>

#include "oracle/cfg/switch_test_support.h"

namespace objhound::oracle {
namespace {

using namespace test;

TEST(JumpTable, TheBytesEndWhereTheRelocationsDo) {
  PicSwitch s;
  const Cfg cfg = s.finish(6);
  EXPECT_EQ(table_of(cfg), "0 1 2 3 4 5 inexact");
  EXPECT_EQ(table_edges(cfg, s.jump), 6u);
}

TEST(JumpTable, TheBytesEndWhereCodeRefersToTheNextTable) {
  PicSwitch s;
  s.lea(5, in_rodata(32 + 4 * 3));
  EXPECT_EQ(table_of(s.finish(6)), "0 1 2 inexact");
}

// A byte table without a bound: its end is where code refers to the next object, unless that leaves a gap.
TEST(JumpTable, BytesThatEndAtTheNextObject) {
  for (const bool gap : {false, true}) {
    Switch s;
    s.lea(1, in_rodata(0));
    s.lea(5, in_rodata(gap ? 8 : 6));
    s.p.add({{.op = Op::Load, .width = 1, .dst = 2, .a = 1, .b = 4}});
    s.lea(3, in_text(996));
    s.add_reg(3, 3, 2, 2);
    const uint64_t jump = s.jump_through(3);
    for (uint64_t i = 0; i < 6; ++i) s.p.write(kRodata, i, 1, i + 1);
    s.p.add_at(996, {ret()});
    const Cfg cfg = s.build();
    ASSERT_EQ(cfg.jump_tables.size(), 1u);
    EXPECT_FALSE(cfg.jump_tables[0].exact);
    EXPECT_EQ(table_edges(cfg, jump, /*approximate=*/gap), gap ? 7u : 6u);
    EXPECT_EQ(table_edges(cfg, jump, /*approximate=*/!gap), 0u);
  }
}

TEST(JumpTable, TheBytesEndWhereTheyLeadElsewhere) {
  PicSwitch s;
  s.p.relocate(kRodata, 32 + 4 * 4, RelocKind::PcRel32, in_text(5000));
  const Cfg cfg = s.finish(4);
  EXPECT_EQ(table_of(cfg), "0 1 2 3 inexact");
  EXPECT_EQ(table_edges(cfg, s.jump, /*approximate=*/true), 4u);
}

TEST(JumpTable, ALowBoundThatWasFoldedIntoTheAddress) {  // T - 40 + 8 * x, x unbounded; T is not referred to
  Switch s;
  s.p.add({compare(0, 1)});
  s.go_to_default(Cond::UGt);
  s.p.add({{.op = Op::Zext, .width = 4, .dst = 0, .a = 0}});
  s.p.relocate(kText, s.p.here(), RelocKind::Abs32, in_rodata(0));
  s.p.add({{.op = Op::JumpMem, .b = 0, .scale = 3, .relocatable = true}});
  s.whole_entries(0, 2);
  // The second switch is the first one's case 1.
  s.p.skip_to(504);
  s.p.relocate(kText, 504, RelocKind::Abs32, in_rodata(16 - 8));
  s.p.add({{.op = Op::JumpMem, .b = 9, .scale = 3, .relocatable = true}});
  s.p.add_at(1004, {jump(1004, 504)});
  for (int i = 2; i < 5; ++i)
    s.p.relocate(kRodata, static_cast<uint64_t>(8 * i), RelocKind::Abs64, in_text(1100 + 4 * i));
  s.p.add_at(Switch::kDefault, {ret()});
  s.p.add_at(1000, {ret()});
  for (uint64_t at = 1100; at < 1200; at += 4) s.p.add_at(at, {ret()});
  s.p.function("f", 0, Switch::kEnd);
  const Cfg cfg = std::move(s.p.build()[0]);
  ASSERT_EQ(cfg.jump_tables.size(), 2u);
  EXPECT_EQ(cfg.jump_tables[1].table, in_rodata(16));
  EXPECT_EQ(cfg.jump_tables[1].targets, (std::vector<Place>{in_text(1108), in_text(1112), in_text(1116)}));
}

TEST(JumpTable, AnEntryForCodeThatWasDroppedLeadsToTheEnd) {
  PicSwitch s;
  s.p.add({compare(0, 2)});
  s.go_to_default(Cond::UGt);
  s.p.add({{.op = Op::Zext, .width = 4, .dst = 0, .a = 0}});
  s.p.relocate(kRodata, 32 + 8, RelocKind::PcRel32, in_text(static_cast<int64_t>(Switch::kEnd) + 8));
  const Cfg cfg = s.finish(2);
  ASSERT_EQ(cfg.jump_tables.size(), 1u);
  EXPECT_EQ(cfg.jump_tables[0].entries, 3u);
  EXPECT_TRUE(cfg.jump_tables[0].exact);
  EXPECT_EQ(cfg.jump_tables[0].targets[2], in_text(static_cast<int64_t>(Switch::kEnd)));
  EXPECT_EQ(table_edges(cfg, s.jump), 2u);
  EXPECT_EQ(block_at(cfg, s.jump).exit, Exit::None);
}

TEST(JumpTable, NotOneValidEntryIsNoTable) {
  PicSwitch s;
  s.p.add({compare(0, 2)});
  s.go_to_default(Cond::UGt);
  s.p.add({{.op = Op::Zext, .width = 4, .dst = 0, .a = 0}});
  const Cfg cfg = s.finish(0);
  EXPECT_EQ(table_of(cfg), "0 tables");
  EXPECT_EQ(block_at(cfg, s.jump).exit, Exit::Unresolved);
}

// --- Linked files ----------------------------------------------------------------------------------------------------

TEST(JumpTable, DifferencesInALinkedFile) {
  Switch s;
  s.p.relocatable = false;
  s.p.set_address(kText, 0x10000000);
  s.p.set_address(kRodata, 0x20000000);
  s.p.add({compare(0, 2)});
  s.go_to_default(Cond::UGt);
  s.p.add({{.op = Op::Zext, .width = 4, .dst = 0, .a = 0}});
  s.p.add({{.op = Op::Address,
            .dst = 1,
            .relocatable = true,
            .imm = 0x20000040 - 0x10000000 - static_cast<int64_t>(s.p.here())}});
  s.load_difference(2, 1, 0);
  s.add_reg(2, 2, 1);
  s.jump_through(2);
  for (int i = 0; i < 3; ++i) {
    s.p.write(kRodata, 0x40 + 4 * static_cast<uint64_t>(i), 4,
              static_cast<uint64_t>(0x10000000 + Switch::case_at(i) - 0x20000040));
  }
  EXPECT_EQ(table_of(s.build()), "0 1 2 exact");
}

TEST(JumpTable, WholeAddressesInALinkedFile) {
  Switch s;
  s.p.relocatable = false;
  s.p.set_address(kText, 0x400000);
  s.p.set_address(kRodata, 0x600000);
  s.p.add({compare(0, 2)});
  s.go_to_default(Cond::UGt);
  s.p.add({{.op = Op::Zext, .width = 4, .dst = 0, .a = 0}});
  s.p.add({{.op = Op::JumpMem, .b = 0, .scale = 3, .relocatable = true, .imm = 0x600010}});
  for (int i = 0; i < 3; ++i)
    s.p.write(kRodata, 0x10 + 8 * static_cast<uint64_t>(i), 8, static_cast<uint64_t>(0x400000 + Switch::case_at(i)));
  EXPECT_EQ(table_of(s.build()), "0 1 2 exact");
}

}  // namespace
}  // namespace objhound::oracle
