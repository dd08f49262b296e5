// States as data: what is remembered, copied, joined and forgotten; and that an instruction which is not looked at
// (Insn::reads) would have done to the state what was done to it.

#include "oracle/frame/state.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

#include "oracle/frame/interpreter.h"

namespace objhound::oracle {
namespace {

class StateTest : public testing::TestWithParam<const Arch*> {
 protected:
  const Arch& arch = *GetParam();
};

TEST_P(StateTest, RegistersAreUnknownUntilTheyAreSet) {
  State state;
  for (Reg r = 0; r < arch.registers.size(); ++r) EXPECT_TRUE(state.reg(r).is_unknown());
  EXPECT_TRUE(state.reg(kNoReg).is_unknown());
  EXPECT_TRUE(state.reg(kPcReg).is_unknown());
  state.take_changes();
  state.set(3, Value::constant(7));
  state.mark_hearsay(3);
  EXPECT_EQ(state.known(), reg_bit(3));
  EXPECT_EQ(state.take_changes(), reg_bit(3));
  state.set(3, Value::constant(7));  // what it is already
  EXPECT_EQ(state.changes(), 0u);
  EXPECT_FALSE(state.hearsay(3));
  state.forget(reg_bit(3) | reg_bit(4));
  EXPECT_TRUE(state.reg(3).is_unknown());
  EXPECT_EQ(state.changes(), reg_bit(3));
}

TEST_P(StateTest, SlotsAreFoundWhateverTheirNumber) {
  State state;
  std::map<std::pair<uint16_t, int32_t>, Value> expected;
  std::mt19937 random(7);
  for (unsigned i = 0; i < 300; ++i) {
    const uint16_t base = static_cast<uint16_t>(random() % 3);
    const int32_t offset = 8 * (static_cast<int32_t>(random() % 60) - 40);
    const Value address = base == 0 ? Value::cfa(offset) : Value::dynamic(base, offset);
    if (random() % 4 == 0) {
      state.store(address, 8, Value::unknown());
      expected.erase({base, offset});
    } else {
      const Value value = Value::entry(static_cast<Reg>(random() % 8));
      state.store(address, 8, value);
      expected[{base, offset}] = value;
    }
    State copy;
    copy.store(Value::cfa(0), 8, Value::entry(1));  // what the copy replaces
    copy = state;
    ASSERT_EQ(copy.slots().size(), expected.size());
    ASSERT_TRUE(copy.same_as(state));
    size_t at = 0;
    for (const auto& [key, value] : expected) {
      const Slot& slot = copy.slots()[at++];
      ASSERT_EQ(std::pair(slot.base, slot.offset), key);
      ASSERT_EQ(slot.value, value);
      ASSERT_EQ(copy.slot(key.first == 0 ? Value::cfa(key.second) : Value::dynamic(key.first, key.second)), value);
    }
  }
}

TEST_P(StateTest, AStoreForgetsWhatItOverlaps) {
  for (int64_t at = -24; at <= 24; ++at) {
    for (unsigned width : {1u, 4u, 8u, 16u}) {
      State state;
      state.store(Value::cfa(0), 8, Value::entry(1));
      state.take_changes();
      state.store(Value::cfa(at), width, Value::unknown());
      const bool hit = at < 8 && at + int64_t{width} > 0;
      EXPECT_EQ(state.slots().empty(), hit) << at << " " << width;
      EXPECT_EQ((state.changes() & State::kSlotsChanged) != 0, hit);
      state.store(Value::cfa(at), 8, Value::unknown(), Value::approximate());
      if (!hit && at < 8 && at + 8 > 0) {
        EXPECT_EQ(state.slot(Value::cfa(0)), Value::approximate());
      }
    }
  }
}

TEST_P(StateTest, MergingKeepsWhatBothSay) {
  const Value a = Value::entry(3), b = Value::cfa(-8), doubt = Value::approximate(), none = Value::unknown();
  for (const Value mine : {a, b, doubt, none}) {
    for (const Value theirs : {a, b, doubt, none}) {
      for (bool soft : {false, true}) {
        State state, other;
        state.set(3, mine);
        other.set(3, theirs);
        state.store(Value::cfa(-16), 8, mine);
        other.store(Value::cfa(-16), 8, theirs);
        const Value joined = join(mine, theirs, soft);
        EXPECT_EQ(state.merge(other, soft), !(joined == mine));
        EXPECT_EQ(state.reg(3), joined);
        EXPECT_EQ(state.slot(Value::cfa(-16)), joined);
        EXPECT_FALSE(state.merge(other, soft));
      }
    }
  }
}

TEST_P(StateTest, SlotsBelowTheStackPointerAreDropped) {
  State state;
  for (int64_t offset : {-32, -24, -16, -8}) state.store(Value::cfa(offset), 8, Value::entry(1));
  state.store(Value::dynamic(1, -64), 8, Value::entry(1));
  state.drop_slots_below(Value::cfa(-32), 0);
  EXPECT_EQ(state.slots().size(), 5u);
  state.drop_slots_below(Value::cfa(-16), 0);
  EXPECT_EQ(state.slots().size(), 3u);
  state.drop_slots_below(Value::dynamic(1, 0), 0);
  EXPECT_EQ(state.slots().size(), 2u);
}

// Any operations on registers of which something may be known or not.
class AnyOperation {
 public:
  AnyOperation(const Arch& arch, std::mt19937& random) : arch_(arch), random_(random) {}

  MicroOp next() {
    static constexpr Op kOps[] = {Op::Copy,
                                  Op::Const,
                                  Op::Add,
                                  Op::AddReg,
                                  Op::AddScalable,
                                  Op::SubReg,
                                  Op::And,
                                  Op::Or,
                                  Op::Shl,
                                  Op::Shr,
                                  Op::Sar,
                                  Op::Zext,
                                  Op::Sext,
                                  Op::Address,
                                  Op::Clobber,
                                  Op::ClobberSet,
                                  Op::Select,
                                  Op::Load,
                                  Op::Store,
                                  Op::StoreConst,
                                  Op::Compare,
                                  Op::CompareMem,
                                  Op::StoreUnknownSize};
    MicroOp op{.op = kOps[below(std::size(kOps))]};
    op.width = static_cast<uint8_t>(1u << below(4));
    if (below(2) != 0) op.width = 8;
    const bool writes = op.op < Op::Store && op.op != Op::ClobberSet;
    op.dst = writes ? reg() : kNoReg;
    op.a = reg();
    op.b = below(2) != 0 ? reg() : kNoReg;
    op.src = reg();
    op.scale = static_cast<uint8_t>(below(4));
    op.merges = below(8) == 0;
    op.relocatable = below(8) == 0;
    op.imm = static_cast<int64_t>(below(7)) * 8 - 24;
    return op;
  }
  uint64_t below(uint64_t n) { return random_() % n; }

 private:
  Reg reg() {
    if (below(6) == 0) return arch_.sp;
    if (below(8) == 0) return below(2) != 0 ? kNoReg : kPcReg;
    return static_cast<Reg>(below(arch_.registers.size()));
  }
  const Arch& arch_;
  std::mt19937& random_;
};

TEST_P(StateTest, WhatIsNotLookedAtWouldHaveDoneTheSame) {
  std::mt19937 random(1);
  AnyOperation any(arch, random);
  // The instruction alone, and behind an operation on a scratch register, which makes it one that is looked at.
  const MicroOp looks{.op = Op::Const, .dst = kTemp0, .imm = 1};
  for (unsigned round = 0; round < 3000; ++round) {
    InsnPool pool;
    Cfg one, other;  // dynamic bases go by an instruction's number
    std::vector<MicroOp> ops, looked_at{looks};
    for (uint64_t n = any.below(3); ops.size() <= n;) {
      ops.push_back(any.next());
      if (ops.back().dst == kPcReg) ops.pop_back();
    }
    looked_at.insert(looked_at.end(), ops.begin(), ops.end());
    one.insns = {{0, pool.add({}, ops), 0}};
    other.insns = {{0, pool.add({}, looked_at), 0}};
    State state = State::at_entry(arch);
    if (any.below(2) != 0) state.forget(static_cast<RegSet>(random()) & ~reg_bit(arch.sp));
    for (unsigned i = 0; i < 4; ++i) {
      const Reg r = static_cast<Reg>(any.below(arch.registers.size()));
      if (r != arch.sp) state.set(r, any.below(2) != 0 ? Value::cfa(-16) : Value::approximate());
    }
    State alone = state, whole = state;
    alone.take_changes(), whole.take_changes();
    Transfer(arch, pool, one).step(alone, 0);
    Transfer(arch, pool, other).step(whole, 0);
    std::string text;
    for (const MicroOp& op : ops) text += to_text(op, arch) + "; ";
    ASSERT_TRUE(alone.same_as(whole)) << text << "\n" << to_text(alone, arch) << "\n" << to_text(whole, arch);
    ASSERT_EQ(whole.changes() & ~alone.changes() & ~(RegSet{3} << 60), 0u) << text;
  }
}

INSTANTIATE_TEST_SUITE_P(EveryArch, StateTest, testing::ValuesIn(all_archs().begin(), all_archs().end()),
                         [](const auto& info) {
                           std::string name(info.param->name);
                           std::erase(name, '-');
                           return name;
                         });

}  // namespace
}  // namespace objhound::oracle
