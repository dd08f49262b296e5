// The interpreter on hand-made micro-operations: no ELF, no decoder, every architecture of the registry.

#include "oracle/frame/interpreter.h"

#include <gtest/gtest.h>

#include "oracle/decode/insn-pool.h"

namespace objhound::oracle {
namespace {

// A family built by hand: blocks of instructions, edges between them.
class Program {
 public:
  explicit Program(const Arch& arch) : arch_(arch) { cfg_.ranges.push_back({0, 0, 0, 1 << 20}); }

  uint32_t block(std::vector<std::vector<MicroOp>> insns) {
    Block block{};
    block.first = static_cast<uint32_t>(cfg_.insns.size());
    for (const std::vector<MicroOp>& ops : insns) {
      Insn insn;
      insn.length = 1;
      if (!ops.empty() && ops.back().op == Op::Branch) insn.flow = Flow::Branch;
      cfg_.insns.push_back({cfg_.insns.size(), pool_.add(insn, ops), 0});
    }
    block.last = static_cast<uint32_t>(cfg_.insns.size());
    block.reachable = true;
    block.ends_in_call = !insns.empty() && !insns.back().empty() && insns.back().back().op == Op::Call;
    cfg_.blocks.push_back(block);
    return static_cast<uint32_t>(cfg_.blocks.size() - 1);
  }
  void edge(uint32_t from, uint32_t to, EdgeKind kind = EdgeKind::Taken, bool approximate = false) {
    edges_.push_back({from, {to, kind, approximate}});
  }
  Frame run(const FrameOptions& options = {}) {
    cfg_.set_edges(edges_);
    Transfer transfer(arch_, pool_, cfg_);
    return interpret(arch_, cfg_, transfer, options);
  }
  Cfg& cfg() { return cfg_; }

 private:
  const Arch& arch_;
  InsnPool pool_;
  Cfg cfg_;
  std::vector<FromTo> edges_;
};

class FrameTest : public testing::TestWithParam<const Arch*> {
 protected:
  const Arch& arch = *GetParam();
  Reg sp = arch.sp;
  Reg fp = arch.fp;
  // A callee-saved register that is not the frame pointer, and a scratch register.
  Reg saved = pick(arch.callee_saved & ~reg_bit(arch.fp));
  Reg scratch = pick(arch.call_clobbered & ~reg_bit(arch.return_address));

  static Reg pick(RegSet set) { return static_cast<Reg>(__builtin_ctzll(set)); }
  MicroOp move_sp(int64_t bytes) const { return {.op = Op::Add, .dst = sp, .a = sp, .imm = bytes}; }
  MicroOp store(Reg value, Reg base, int64_t at) const { return {.op = Op::Store, .a = base, .src = value, .imm = at}; }
  MicroOp load(Reg into, Reg base, int64_t at) const { return {.op = Op::Load, .dst = into, .a = base, .imm = at}; }
  MicroOp copy(Reg to, Reg from) const { return {.op = Op::Copy, .dst = to, .a = from}; }
  MicroOp clobber(Reg reg) const { return {.op = Op::Clobber, .dst = reg}; }
  Value entry_sp(int64_t more = 0) const { return Value::cfa(arch.entry_sp + more); }
};

TEST_P(FrameTest, EntryStateIsTheAbis) {
  const State state = State::at_entry(arch);
  EXPECT_EQ(state.reg(sp), entry_sp());
  EXPECT_TRUE(state.reg(saved).is_entry(saved));
  EXPECT_EQ(state.reg(scratch), Value::unknown());
  const Value home = arch.return_on_stack ? state.slot(Value::cfa(arch.return_slot)) : state.reg(arch.return_address);
  EXPECT_TRUE(home.is_entry(arch.return_address));
}

TEST_P(FrameTest, SaveClobberRestore) {
  Program program(arch);
  program.block({{move_sp(-32)}, {store(saved, sp, 8)}, {clobber(saved)}});
  const uint32_t middle = program.block({{load(saved, sp, 8)}, {move_sp(32)}});
  const uint32_t end = program.block({{}});
  program.edge(0, middle);
  program.edge(middle, end);
  const Frame frame = program.run();
  EXPECT_EQ(frame.entry[middle]->reg(saved), Value::unknown());
  EXPECT_EQ(frame.entry[middle]->reg(sp), entry_sp(-32));
  EXPECT_TRUE(frame.entry[end]->reg(saved).is_entry(saved));
  EXPECT_EQ(frame.entry[end]->reg(sp), entry_sp());
  EXPECT_TRUE(frame.conflicts.empty());
}

TEST_P(FrameTest, AnOverlappingStoreDestroysTheSave) {
  for (int64_t at : {1, 4, 8, 12, 15}) {
    Program program(arch);
    program.block({{move_sp(-32)}, {store(saved, sp, 8)}, {{.op = Op::StoreConst, .width = 1, .a = sp, .imm = at}}});
    const uint32_t end = program.block({{}});
    program.edge(0, end);
    const Frame frame = program.run();
    const bool hit = at >= 8 && at < 16;
    EXPECT_EQ(frame.entry[end]->slot(entry_sp(-24)).is_entry(saved), !hit) << at;
  }
}

TEST_P(FrameTest, ANarrowStoreSavesNothing) {
  Program program(arch);
  program.block({{move_sp(-32)}, {{.op = Op::Store, .width = 4, .a = sp, .src = saved, .imm = 8}}});
  const uint32_t end = program.block({{}});
  program.edge(0, end);
  EXPECT_EQ(program.run().entry[end]->slot(entry_sp(-24)), Value::unknown());
}

TEST_P(FrameTest, ANarrowCopyIsNotTheValue) {
  Program program(arch);
  program.block({{{.op = Op::Copy, .width = 4, .dst = saved, .a = saved}}});
  const uint32_t end = program.block({{}});
  program.edge(0, end);
  EXPECT_EQ(program.run().entry[end]->reg(saved), Value::unknown());
}

TEST_P(FrameTest, JoinsKeepWhatAgrees) {
  Program program(arch);
  program.block({{move_sp(-16)}, {store(saved, sp, 0)}});
  const uint32_t left = program.block({{clobber(saved)}});
  const uint32_t right = program.block({{}});
  const uint32_t end = program.block({{}});
  program.edge(0, left);
  program.edge(0, right);
  program.edge(left, end);
  program.edge(right, end);
  const Frame frame = program.run();
  EXPECT_EQ(frame.entry[end]->reg(saved), Value::unknown());
  EXPECT_TRUE(frame.entry[end]->slot(entry_sp(-16)).is_entry(saved));
  EXPECT_EQ(frame.entry[end]->reg(sp), entry_sp(-16));
}

TEST_P(FrameTest, DifferentDepthsAtAJoinAreRecordedOnceAndMakeSpAnAddressOfItsOwn) {
  Program program(arch);
  program.block({{}});
  const uint32_t left = program.block({{move_sp(-16)}});
  const uint32_t end = program.block({{move_sp(16)}});
  const uint32_t after = program.block({{}});
  program.edge(0, left);
  program.edge(0, end);
  program.edge(left, end);
  program.edge(end, after);
  const Frame frame = program.run();
  ASSERT_EQ(frame.conflicts.size(), 1u);
  EXPECT_EQ(frame.conflicts[0].block, end);
  EXPECT_EQ(frame.conflicts[0].reg, sp);
  EXPECT_NE(frame.conflicts[0].first, frame.conflicts[0].second);
  const Value at_join = frame.entry[end]->reg(sp);
  EXPECT_EQ(at_join.kind, Value::Kind::Dynamic);
  EXPECT_EQ(frame.entry[after]->reg(sp), at_join.plus(16));
}

TEST_P(FrameTest, ALoopThatGrowsTheStackEndsTheFixpoint) {
  Program program(arch);
  program.block({{}});
  const uint32_t loop = program.block({{move_sp(-16)}});
  const uint32_t end = program.block({{}});
  program.edge(0, loop);
  program.edge(loop, loop);
  program.edge(loop, end);
  const Frame frame = program.run();
  EXPECT_TRUE(frame.approximations.empty());
  EXPECT_EQ(frame.entry[end]->reg(sp).kind, Value::Kind::Dynamic);
}

TEST_P(FrameTest, FramePointerBringsSpBackAfterADynamicAllocation) {
  Program program(arch);
  program.block({{move_sp(-16)},
                 {store(fp, sp, 0)},
                 {copy(fp, sp)},
                 {{.op = Op::SubReg, .dst = sp, .a = sp, .b = scratch}},
                 {store(scratch, sp, 0)}});
  const uint32_t middle = program.block({{copy(sp, fp)}, {load(fp, sp, 0)}, {move_sp(16)}});
  const uint32_t end = program.block({{}});
  program.edge(0, middle);
  program.edge(middle, end);
  const Frame frame = program.run();
  EXPECT_EQ(frame.entry[middle]->reg(sp).kind, Value::Kind::Dynamic);
  EXPECT_TRUE(frame.entry[middle]->slot(entry_sp(-16)).is_entry(fp));
  EXPECT_EQ(frame.entry[end]->reg(sp), entry_sp());
  EXPECT_TRUE(frame.entry[end]->reg(fp).is_entry(fp));
}

// Dynamic realignment (GCC's DRAP): saves stand against the aligned SP, and the way back is a saved CFA.
TEST_P(FrameTest, RealignedFrameKeepsItsSavesAgainstTheAlignedBase) {
  Program program(arch);
  program.block({{copy(scratch, sp)},
                 {{.op = Op::And, .dst = sp, .a = sp, .imm = -64}},
                 {move_sp(-32)},
                 {store(scratch, sp, 0)},
                 {store(saved, sp, 8)},
                 {clobber(saved)},
                 {clobber(scratch)},
                 {load(saved, sp, 8)},
                 {load(scratch, sp, 0)},
                 {copy(sp, scratch)}});
  const uint32_t end = program.block({{}});
  program.edge(0, end);
  const Frame frame = program.run();
  EXPECT_EQ(frame.entry[end]->reg(sp), entry_sp());
  EXPECT_TRUE(frame.entry[end]->reg(saved).is_entry(saved));
}

// The second round of a loop makes a new dynamic address under the same name: what stood against the old one is gone.
TEST_P(FrameTest, ADynamicBaseMadeAgainForgetsTheOldOne) {
  Program program(arch);
  program.block({{}});
  const uint32_t loop = program.block({{{.op = Op::SubReg, .dst = sp, .a = sp, .b = scratch}}, {copy(saved, sp)}});
  const uint32_t again = program.block({{{.op = Op::SubReg, .dst = sp, .a = sp, .b = scratch}}});
  const uint32_t end = program.block({{}});
  program.edge(0, loop);
  program.edge(loop, again);
  program.edge(again, loop);
  program.edge(again, end);
  const Frame frame = program.run();
  EXPECT_EQ(frame.entry[again]->reg(saved), frame.entry[again]->reg(sp));
  EXPECT_NE(frame.entry[end]->reg(saved), frame.entry[end]->reg(sp));
}

TEST_P(FrameTest, CallsClobberWhatTheAbiSaysAndTheStackBelowSp) {
  Program program(arch);
  program.block(
      {{move_sp(-32)}, {store(saved, sp, 8)}, {store(saved, sp, -8)}, {copy(scratch, sp)}, {{.op = Op::Call}}});
  const uint32_t end = program.block({{}});
  program.edge(0, end, EdgeKind::CallReturn);
  const State state = *program.run().entry[end];
  EXPECT_TRUE(state.reg(saved).is_entry(saved));
  EXPECT_EQ(state.reg(scratch), Value::unknown());
  EXPECT_TRUE(state.slot(entry_sp(-24)).is_entry(saved));
  EXPECT_EQ(state.slot(entry_sp(-40)), Value::unknown());
  EXPECT_EQ(state.reg(sp), entry_sp(-32));
  if (!arch.return_on_stack) {
    EXPECT_EQ(state.reg(arch.return_address), Value::unknown());
  }
}

TEST_P(FrameTest, NothingGoesOnBehindCutEnds) {
  Program program(arch);
  program.block({{{.op = Op::Call}}});
  const uint32_t end = program.block({{}});
  program.edge(0, end, EdgeKind::CallReturn);
  EXPECT_EQ(program.run({.cut_ends = {0}}).entry[end], nullptr);
}

TEST_P(FrameTest, ConstantsMoveSp) {
  Program program(arch);
  program.block({{{.op = Op::Const, .dst = scratch, .imm = 0x12}},
                 {{.op = Op::Shl, .dst = scratch, .a = scratch, .imm = 12}},
                 {{.op = Op::Or, .dst = scratch, .a = scratch, .imm = 0x340}},
                 {{.op = Op::SubReg, .dst = sp, .a = sp, .b = scratch}}});
  const uint32_t end = program.block({{}});
  program.edge(0, end);
  EXPECT_EQ(program.run().entry[end]->reg(sp), entry_sp(-0x12340));
}

// -fstack-clash-protection: SP goes down page by page until it equals an address that was computed before.
TEST_P(FrameTest, AProbingLoopLeavesSpAtTheAddressItWasComparedWith) {
  for (Cond cond : {Cond::Eq, Cond::Ne}) {
    Program program(arch);
    program.block({{{.op = Op::Add, .dst = scratch, .a = sp, .imm = -0x30000}}});
    const uint32_t loop = program.block({{move_sp(-0x1000)},
                                         {{.op = Op::StoreConst, .a = sp}},
                                         {{.op = Op::Compare, .a = sp, .b = scratch}},
                                         {{.op = Op::Branch, .cond = cond}}});
    const uint32_t end = program.block({{}});
    program.edge(0, loop);
    program.edge(loop, loop, cond == Cond::Ne ? EdgeKind::Taken : EdgeKind::Next);
    program.edge(loop, end, cond == Cond::Ne ? EdgeKind::Next : EdgeKind::Taken);
    const Frame frame = program.run();
    EXPECT_EQ(frame.entry[loop]->reg(sp).kind, Value::Kind::Dynamic);
    EXPECT_EQ(frame.entry[end]->reg(sp), entry_sp(-0x30000));
  }
}

TEST_P(FrameTest, AComparedRegisterThatIsWrittenAgainSaysNothing) {
  Program program(arch);
  program.block({{{.op = Op::Add, .dst = scratch, .a = sp, .imm = -0x30000}}});
  const uint32_t loop = program.block(
      {{{.op = Op::Compare, .a = sp, .b = scratch}}, {move_sp(-0x1000)}, {{.op = Op::Branch, .cond = Cond::Eq}}});
  const uint32_t end = program.block({{}});
  program.edge(0, loop);
  program.edge(loop, loop, EdgeKind::Next);
  program.edge(loop, end, EdgeKind::Taken);
  EXPECT_EQ(program.run().entry[end]->reg(sp).kind, Value::Kind::Dynamic);
}

TEST_P(FrameTest, WhatIsNotModelledIsApproximateAndSaysWhere) {
  Program program(arch);
  program.block({{}, {{.op = Op::Unmodelled}}});
  const uint32_t end = program.block({{}});
  program.edge(0, end);
  const Frame frame = program.run();
  ASSERT_EQ(frame.approximations.size(), 1u);
  EXPECT_EQ(frame.approximations[0].reason, Reason::UnmodelledInstruction);
  EXPECT_EQ(frame.approximations[0].insn, 1u);
  EXPECT_EQ(frame.entry[end]->reg(sp), Value::approximate());
}

// Aligned or masked, SP is an address of its own, of which rules may speak; made of one that is not known it is no
// better known than that (found in retpolines with speculative load hardening).
TEST_P(FrameTest, WhatIsMadeOfAnApproximateStackPointerIsApproximate) {
  for (const bool known : {true, false}) {
    Program program(arch);
    std::vector<MicroOp> before;
    if (!known) before.push_back({.op = Op::Unmodelled});
    program.block({{}, before, {{.op = Op::OrReg, .width = 8, .dst = sp, .a = sp, .b = saved}}});
    const uint32_t end = program.block({{}});
    program.edge(0, end);
    const Value then = program.run().entry[end]->reg(sp);
    EXPECT_EQ(then.kind, known ? Value::Kind::Dynamic : Value::Kind::Approximate);
  }
}

// A difference that only a doubtful edge brings in proves nothing; a sound path makes the place sound again.
TEST_P(FrameTest, ApproximateEdgesMakeApproximateValues) {
  for (bool doubtful_first : {true, false}) {
    Program program(arch);
    program.block({{}});
    const uint32_t broken = program.block({{clobber(saved)}});
    const uint32_t end = program.block({{}});
    if (doubtful_first) program.edge(0, broken), program.edge(broken, end, EdgeKind::Table, true), program.edge(0, end);
    if (!doubtful_first)
      program.edge(0, end), program.edge(0, broken), program.edge(broken, end, EdgeKind::Table, true);
    const Frame frame = program.run();
    EXPECT_EQ(frame.entry[end]->reg(saved), Value::approximate());
    EXPECT_FALSE(frame.entry[end]->tainted);
  }
  Program program(arch);
  program.block({{}});
  const uint32_t end = program.block({{}});
  program.edge(0, end, EdgeKind::Indirect, true);
  EXPECT_TRUE(program.run().entry[end]->tainted);
}

TEST_P(FrameTest, SignedReturnAddressesAreTheSameAddressSigned) {
  if (arch.return_on_stack) GTEST_SKIP() << "the return address is never in a register";
  Program program(arch);
  program.block({{{.op = Op::SignReturn, .dst = arch.return_address}}});
  const uint32_t middle = program.block({{{.op = Op::AuthReturn, .dst = arch.return_address}}});
  const uint32_t end = program.block({{}});
  program.edge(0, middle);
  program.edge(middle, end);
  const Frame frame = program.run();
  EXPECT_FALSE(frame.entry[middle]->reg(arch.return_address).is_entry(arch.return_address));
  EXPECT_TRUE(frame.entry[end]->reg(arch.return_address).is_entry(arch.return_address));
}

INSTANTIATE_TEST_SUITE_P(EveryArch, FrameTest, testing::ValuesIn(all_archs().begin(), all_archs().end()),
                         [](const auto& info) {
                           std::string name(info.param->name);
                           std::erase_if(name, [](char c) { return !isalnum(static_cast<unsigned char>(c)); });
                           return name;
                         });

TEST(Value, OffsetsBeyondAnyFrameAreUnknown) {
  EXPECT_EQ(Value::cfa(int64_t{1} << 40), Value::unknown());
  EXPECT_EQ(Value::cfa(INT32_MAX).plus(1), Value::unknown());
  EXPECT_EQ(Value::entry(3).plus(8), Value::unknown());
}

}  // namespace
}  // namespace objhound::oracle
