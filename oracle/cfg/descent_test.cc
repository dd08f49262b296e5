// Blocks, edges and exits by direct control flow, on hand-made micro-operations.

#include <gtest/gtest.h>

#include "oracle/cfg/program_test_support.h"

namespace objhound::oracle {
namespace {

using namespace test;

TEST(Descent, StraightLineIsOneBlock) {
  Program p;
  p.add({nothing()});
  p.add({nothing()});
  p.add({ret()});
  p.function("f", 0);
  const std::vector<Cfg> cfgs = p.build();
  ASSERT_EQ(cfgs.size(), 1u);
  ASSERT_EQ(cfgs[0].blocks.size(), 1u);
  EXPECT_EQ(cfgs[0].blocks[0].last, 3u);
  EXPECT_EQ(cfgs[0].blocks[0].exit, Exit::Return);
  EXPECT_TRUE(cfgs[0].may_return);
}

TEST(Descent, ABlockIsSplitWhereAnEdgeLands) {
  Program p;
  p.add({nothing()});     // 0
  p.add({nothing()});     // 4: the loop's head, in the middle of the first run
  p.add({branch(8, 4)});  // 8
  p.add({ret()});         // 12
  p.function("f", 0);
  const Cfg cfg = std::move(p.build()[0]);
  ASSERT_EQ(cfg.blocks.size(), 3u);
  EXPECT_EQ(edges(cfg, block_at(cfg, 0)), "next 4");
  EXPECT_EQ(edges(cfg, block_at(cfg, 4)), "next 12, taken 4");
  EXPECT_EQ(block_at(cfg, 4).predecessors.size(), 2u);
}

TEST(Descent, BytesThatNothingReachesAreNotDecoded) {
  Program p;
  p.add({jump(0, 12)});
  p.skip_to(12);  // 4..11 is data
  p.add({ret()});
  p.function("f", 0);
  const Cfg cfg = std::move(p.build()[0]);
  EXPECT_EQ(cfg.insns.size(), 2u);
  EXPECT_EQ(edges(cfg, cfg.blocks[0]), "taken 12");
}

TEST(Descent, CodeInTheMiddleOfAnInstructionIsCodeToo) {
  // Jumping over a prefix: both readings run into the instruction behind.
  Program p;
  p.add({branch(0, 5)});
  p.add({nothing()}, 4);        // 4..7
  p.add_at(5, {nothing()}, 3);  // 5..7
  p.add({ret()});               // 8
  p.function("f", 0);
  const Cfg cfg = std::move(p.build()[0]);
  EXPECT_EQ(edges(cfg, block_at(cfg, 0)), "next 4, taken 5");
  EXPECT_EQ(edges(cfg, block_at(cfg, 4)), "next 8");
  EXPECT_EQ(edges(cfg, block_at(cfg, 5)), "next 8");
}

TEST(Descent, LeavingForAnotherFunctionsEntryIsATailCall) {
  Program p;
  p.add({jump(0, 8)});
  p.function("f", 0);
  p.skip_to(8);
  p.add({ret()});
  p.function("g", 8);
  const std::vector<Cfg> cfgs = p.build();
  EXPECT_EQ(cfgs[0].blocks[0].exit, Exit::TailCall);
  EXPECT_EQ(cfgs[0].blocks[0].callee.function, 1u);
  EXPECT_TRUE(cfgs[0].may_return);
}

TEST(Descent, AConditionalTailCallGoesOnToo) {
  Program p;
  p.add({branch(0, 16)});
  p.add({ret()});
  p.function("f", 0);
  p.skip_to(16);
  p.add({ret()});
  p.function("g", 16);
  const Cfg cfg = std::move(p.build()[0]);
  EXPECT_EQ(cfg.blocks[0].exit, Exit::TailCall);
  EXPECT_EQ(edges(cfg, cfg.blocks[0]), "next 4");
}

TEST(Descent, LeavingForAnUndefinedSymbolIsATailCall) {
  Program p;
  const uint32_t symbol = p.undefined("elsewhere");
  p.relocate(kText, 0, RelocKind::Branch, {}, symbol);
  p.add({jump(0, 0)});
  p.function("f", 0);
  const Cfg cfg = std::move(p.build()[0]);
  EXPECT_EQ(cfg.blocks[0].exit, Exit::TailCall);
  EXPECT_EQ(cfg.blocks[0].callee.symbol, symbol);
  EXPECT_TRUE(cfg.may_return);
}

TEST(Descent, ARelocationSaysWhereABranchGoes) {
  Program p;
  p.relocate(kText, 0, RelocKind::Branch, {kText, 8});
  p.add({jump(0, 4)});  // the field still holds nothing of use
  p.add({nothing()});
  p.add({ret()});
  p.function("f", 0);
  const Cfg cfg = std::move(p.build()[0]);
  EXPECT_EQ(edges(cfg, cfg.blocks[0]), "taken 8");
}

TEST(Descent, TheMiddleOfAnotherFunctionIsABadTarget) {
  Program p;
  p.add({jump(0, 12)});
  p.function("f", 0);
  p.skip_to(8);
  p.add({nothing()});
  p.add({ret()});
  p.function("g", 8);
  const Cfg cfg = std::move(p.build()[0]);
  EXPECT_EQ(cfg.blocks[0].exit, Exit::BadTarget);
  EXPECT_EQ(cfg.blocks[0].bad_target, (Place{kText, 12}));
  EXPECT_TRUE(cfg.may_return);  // from there on the other function may return
}

TEST(Descent, TheOwnEntryIsAnEdge) {
  Program p;
  p.add({nothing()});
  p.add({branch(4, 0)});
  p.add({jump(8, 0)});
  p.function("f", 0);
  const Cfg cfg = std::move(p.build()[0]);
  EXPECT_EQ(edges(cfg, block_at(cfg, 8)), "taken 0");
  EXPECT_EQ(cfg.blocks[0].predecessors.size(), 2u);
  EXPECT_FALSE(cfg.may_return);
}

TEST(Descent, RunningPastTheEnd) {
  Program p;
  p.add({nothing()});
  p.function("f", 0);
  p.add({ret()});
  p.function("g", 4);
  const Cfg cfg = std::move(p.build()[0]);
  EXPECT_EQ(cfg.blocks[0].exit, Exit::FallsOff);
  EXPECT_FALSE(cfg.blocks[0].ends_in_call);
}

TEST(Descent, AJumpToTheOwnEndRunsOffToo) {
  Program p;
  p.add({branch(0, 8)});
  p.add({ret()});
  p.function("f", 0);
  const Cfg cfg = std::move(p.build()[0]);
  EXPECT_EQ(cfg.blocks[0].exit, Exit::FallsOff);
  EXPECT_EQ(edges(cfg, cfg.blocks[0]), "next 4");
}

TEST(Descent, TheOwnEndIsMeantWhereAGlobalFunctionFollowsUnlessARelocationNamesIt) {
  for (bool relocated : {false, true}) {
    Program p;
    p.add({branch(0, 8)});
    p.add({ret()});
    p.function("f", 0);
    p.add({ret()});
    p.function("g", 8);
    const uint32_t g = p.symbol("g", {kText, 8});
    if (relocated) p.relocate(kText, 0, RelocKind::Branch, {kText, 8}, g);
    EXPECT_EQ(p.build()[0].blocks[0].exit, relocated ? Exit::TailCall : Exit::FallsOff);
  }
}

TEST(Descent, ACallAtTheEndFallsOffBehindIt) {
  Program p;
  const uint32_t symbol = p.undefined("may_be_noreturn");
  p.relocate(kText, 0, RelocKind::Branch, {}, symbol);
  p.add({call(0, 0)});
  p.function("f", 0);
  const Cfg cfg = std::move(p.build()[0]);
  EXPECT_TRUE(cfg.blocks[0].ends_in_call);
  EXPECT_EQ(cfg.blocks[0].exit, Exit::FallsOff);
  EXPECT_FALSE(cfg.may_return);
}

TEST(Descent, CallsEndBlocks) {
  Program p;
  p.add({call(0, 8)});
  p.add({ret()});
  p.function("f", 0);
  p.add({ret()});
  p.function("g", 8);
  const Cfg cfg = std::move(p.build()[0]);
  EXPECT_TRUE(cfg.blocks[0].ends_in_call);
  EXPECT_EQ(cfg.blocks[0].callee.function, 1u);
  EXPECT_EQ(edges(cfg, cfg.blocks[0]), "return 4");
}

TEST(Descent, ACallThatOnlyFindsOutWhereItIs) {
  Program p;
  p.add({call(0, 4)});
  p.add({ret()});
  p.function("f", 0);
  const Cfg cfg = std::move(p.build()[0]);
  EXPECT_TRUE(cfg.blocks[0].call_as_push);
  EXPECT_FALSE(cfg.blocks[0].ends_in_call);
  EXPECT_EQ(edges(cfg, cfg.blocks[0]), "taken 4");
}

TEST(Descent, JumpsAndCallsThroughKnownSlots) {
  Program p;
  const uint32_t exits = p.undefined("exit"), other = p.undefined("other");
  p.relocate(kText, 4, RelocKind::Got, {}, exits);
  p.relocate(kText, 8, RelocKind::Got, {}, other);
  p.add({branch(0, 8)});
  p.add({{.op = Op::CallMem, .a = kPcReg, .relocatable = true}});
  p.add({{.op = Op::JumpMem, .a = kPcReg, .relocatable = true}});
  p.function("f", 0);
  const Cfg cfg = std::move(p.build()[0]);
  EXPECT_EQ(block_at(cfg, 4).exit, Exit::NoreturnCall);
  EXPECT_EQ(block_at(cfg, 4).callee.symbol, exits);
  EXPECT_TRUE(block_at(cfg, 4).successors.empty());
  EXPECT_EQ(block_at(cfg, 8).exit, Exit::TailCall);
  EXPECT_EQ(block_at(cfg, 8).callee.symbol, other);
}

TEST(Descent, FragmentsBelongToTheFamily) {
  Program p;
  p.add({branch(0, 100)});
  p.add({ret()});
  const uint32_t f = p.function("f", 0);
  p.skip_to(100);
  p.add({nothing()});
  p.add({jump(104, 4)});
  const uint32_t cold = p.function("f.cold", 100, ~uint64_t{0}, false);
  p.fragment_of(cold, f);
  const std::vector<Cfg> cfgs = p.build();
  ASSERT_EQ(cfgs.size(), 1u);
  ASSERT_EQ(cfgs[0].ranges.size(), 2u);
  EXPECT_EQ(cfgs[0].ranges[1].function, cold);
  EXPECT_EQ(edges(cfgs[0], block_at(cfgs[0], 0)), "next 4, taken 100");
  EXPECT_EQ(edges(cfgs[0], block_at(cfgs[0], 100)), "taken 4");
}

TEST(Descent, UndecodableBytesAreAnInstructionOfTheirOwn) {
  Program p;
  p.add({nothing()});
  p.skip_to(8);
  p.function("f", 0);
  const Cfg cfg = std::move(p.build()[0]);
  ASSERT_EQ(cfg.insns.size(), 2u);
  EXPECT_EQ(block_at(cfg, 4).exit, Exit::Undecodable);
}

TEST(Descent, TrapsEndBlocks) {
  Program p;
  p.add({{.op = Op::Trap}});
  p.add({ret()});
  p.function("f", 0);
  const Cfg cfg = std::move(p.build()[0]);
  EXPECT_EQ(cfg.insns.size(), 1u);
  EXPECT_EQ(cfg.blocks[0].exit, Exit::Trap);
  EXPECT_FALSE(cfg.may_return);
}

TEST(Descent, TooManyInstructionsAreALimit) {
  Program p;
  for (int i = 0; i < 100; ++i) p.add({nothing()});
  p.add({ret()});
  p.function("f", 0);
  EXPECT_FALSE(p.build({.max_insns = 101, .extra_noreturn = {}})[0].limit_reached);
  const Cfg cfg = std::move(p.build({.max_insns = 100, .extra_noreturn = {}})[0]);
  EXPECT_TRUE(cfg.limit_reached);
  EXPECT_TRUE(cfg.may_return);
}

TEST(Descent, InstructionsAreFoundByPlace) {
  Program p;
  p.add({nothing()});
  p.add({ret()});
  p.function("f", 0);
  const Cfg cfg = std::move(p.build()[0]);
  EXPECT_EQ(cfg.insn_at({kText, 4}), 1u);
  EXPECT_EQ(cfg.insn_at({kText, 2}), kNoIndex);
  EXPECT_EQ(cfg.insn_at({kText, 8}), kNoIndex);
  EXPECT_EQ(cfg.insn_at({kText, -4}), kNoIndex);
  EXPECT_EQ(cfg.block_of_insn(1), 0u);
}

}  // namespace
}  // namespace objhound::oracle
