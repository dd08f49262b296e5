#include "oracle/checks/assumptions.h"

#include <algorithm>

#include "oracle/checks/evaluate.h"

namespace objhound::oracle {
namespace {

// The block that a call returns to, or that one without a branch at its end falls into; kNoIndex if there is none.
uint32_t next_block(const Block& block) {
  for (const Edge& edge : block.successors) {
    const bool falls = edge.kind == EdgeKind::Next && block.successors.size() == 1;
    if (edge.kind == EdgeKind::CallReturn || falls) return edge.to;
  }
  return kNoIndex;
}

// Whether the block moves SP or stores to the stack, but for the caller's values of preserved registers: a compiler
// that saves each register where it is needed may put a save anywhere.
bool works_on_frame(const FamilyContext& context, const Frame& frame, uint32_t index) {
  const Block& block = context.cfg.blocks[index];
  State state = *frame.entry[index];
  Transfer transfer(context.arch, context.decoder.pool(), context.cfg);
  for (uint32_t i = block.first; i < block.last; ++i) {
    if ((context.insn(i).writes & reg_bit(context.arch.sp)) != 0) return true;
    for (const MicroOp& op : context.decoder.ops(context.cfg.insns[i].insn)) {
      const bool stores = op.op == Op::Store || op.op == Op::StoreConst || op.op == Op::StoreUnknownSize;
      const bool saves = op.op == Op::Store && op.src < kMaxRegs && state.reg(op.src).is_entry(op.src);
      if (stores && !saves && Transfer::address(state, op).is_stack()) return true;
    }
    transfer.step(state, i);
  }
  return false;
}

// Whether the last thing that the block does, no-ops apart, is a store, and each register that it writes is read in it
// again: so that what it has done is done, and nothing prepared for who comes behind. Read from its end; the flags do
// not count.
bool ends_in_effect(const FamilyContext& context, const Block& block) {
  if (block.ends_in_call || block.exit != Exit::None) return false;
  RegSet wanted = 0;
  bool stores = false;
  for (uint32_t i = block.last; i-- > block.first;) {
    const Insn& insn = context.insn(i);
    if (insn.nop || insn.landing_pad) continue;
    const std::span<const MicroOp> ops = context.decoder.ops(context.cfg.insns[i].insn);
    if (insn.flow != Flow::Next) return false;
    for (size_t o = ops.size(); o-- > 0;) {
      const MicroOp& op = ops[o];
      const RegSet written = written_registers(op);
      if ((written & ~wanted) != 0) return false;
      wanted &= ~written;
      wanted |= reg_bit(op.a) | reg_bit(op.b) | reg_bit(op.src);
      stores = stores || op.op == Op::Store || op.op == Op::StoreConst;
    }
    if (!stores) return false;
  }
  return stores;
}

// Whether the row recovers everything from the state.
bool fits(const FamilyContext& context, const Row& row, const State& state, Reg reg, uint64_t pc) {
  if (reg == context.arch.sp) return evaluate_cfa(row.cfa, state, context.cfi, pc) == Value::cfa(0);
  const RegisterRule same{.of = reg};
  const RegisterRule* rule = row.rule_for(reg);
  return evaluate_register(rule != nullptr ? *rule : same, state, context.cfi, pc) == Value::entry(reg);
}

bool contradicts(const FamilyContext& context, const State& from_end, const State& elsewhere, uint32_t insn) {
  const Arch& arch = context.arch;
  if (from_end.tainted || elsewhere.tainted) return false;
  const Value mine = from_end.reg(arch.sp), theirs = elsewhere.reg(arch.sp);
  if (mine.is_stack() && theirs.is_stack() && !(mine == theirs)) return true;
  const Row* row = context.cfi.present() ? context.cfi.row_at(context.place(insn)) : nullptr;
  if (row == nullptr) return false;
  for (Reg r = 0; r < arch.registers.size(); ++r) {
    if (r != arch.sp && !(arch.callee_saved & reg_bit(r)) && r != arch.return_address) continue;
    const uint64_t pc = context.address(insn);
    if (fits(context, *row, elsewhere, r, pc) && !fits(context, *row, from_end, r, pc)) return true;
  }
  return false;
}

State state_after(const FamilyContext& context, const Frame& frame, uint32_t index) {
  State state = state_at_end(context, frame, index);
  Transfer(context.arch, context.decoder.pool(), context.cfg).leave(state, context.cfg.blocks[index]);
  return state;
}

// Where control goes on behind a block, past the padding that may stand before the next aligned one.
uint32_t behind_padding(const FamilyContext& context, const Block& end) {
  const Cfg& cfg = context.cfg;
  uint32_t behind = next_block(end);
  for (unsigned steps = 0; behind != kNoIndex && steps < 4; ++steps) {
    const Block& block = cfg.blocks[behind];
    bool padding = block.successors.size() == 1 && block.successors[0].kind == EdgeKind::Next &&
                   block.predecessors.size() == 1 && block.exit == Exit::None;
    for (uint32_t i = block.first; i < block.last; ++i) padding = padding && context.insn(i).nop;
    if (!padding) break;
    behind = block.successors[0].to;
  }
  return behind;
}

// Whether the block does nothing but store preserved registers to the frame, or load them from it: what a compiler that
// saves each register where it is needed may have put there for the sake of what is laid out behind.
bool only_saves(const FamilyContext& context, const Block& block) {
  for (uint32_t i = block.first; i < block.last; ++i) {
    const Insn& insn = context.insn(i);
    if (insn.flow != Flow::Next || (insn.writes & reg_bit(context.arch.sp)) != 0) return false;
    for (const MicroOp& op : context.ops(i)) {
      const Reg moved = op.op == Op::Store ? op.src : op.op == Op::Load ? op.dst : kNoReg;
      const bool on_frame = op.a == context.arch.sp || op.a == context.arch.fp;
      if (!on_frame || (context.arch.callee_saved & reg_bit(moved)) == 0) return false;
    }
  }
  return true;
}

// Where a comparison that guards a jump through a table branches to.
struct Default {
  uint32_t guard;
  uint32_t between = kNoIndex;  // a block that only saves registers, and that only the guard leads to
  uint32_t behind = kNoIndex;   // where others come, too; kNoIndex if there is no such place
};

Default default_of(const FamilyContext& context, uint32_t guard) {
  const Cfg& cfg = context.cfg;
  const Block& block = cfg.blocks[guard];
  Default found{.guard = guard};
  if (block.successors.size() != 2 || context.insn(block.last - 1).flow != Flow::Branch) return found;
  uint32_t past = kNoIndex;
  bool guards = false;
  for (const Edge& edge : block.successors) {
    const Block& next = cfg.blocks[edge.to];
    if (edge.kind == EdgeKind::Taken) past = edge.to;
    if (edge.kind == EdgeKind::Next && !next.successors.empty() && next.predecessors.size() == 1)
      guards = std::ranges::all_of(next.successors, [](const Edge& e) { return e.kind == EdgeKind::Table; });
  }
  if (!guards || past == kNoIndex) return found;
  const Block& at = cfg.blocks[past];
  if (at.predecessors.size() == 1 && at.successors.size() == 1 && at.exit == Exit::None && only_saves(context, at)) {
    found.between = past;
    past = at.successors[0].to;
  }
  if (cfg.blocks[past].predecessors.size() > 1) found.behind = past;
  return found;
}

bool default_contradicts(const FamilyContext& context, const Frame& frame, const Default& past) {
  State state = state_at_end(context, frame, past.guard);
  if (past.between != kNoIndex) {
    Transfer transfer(context.arch, context.pool, context.cfg);
    const Block& between = context.cfg.blocks[past.between];
    for (uint32_t i = between.first; i < between.last; ++i) transfer.step(state, i);
  }
  return contradicts(context, state, *frame.entry[past.behind], context.cfg.blocks[past.behind].first);
}

// Places behind which control may go on, or not.
FrameOptions candidates(const FamilyContext& context, const FrameOptions& options, Witness wanted) {
  const Cfg& cfg = context.cfg;
  FrameOptions without = options;
  for (uint32_t b = 0; b < cfg.blocks.size(); ++b) {
    if (wanted == Witness::Row && default_of(context, b).behind != kNoIndex) without.cut_defaults.push_back(b);
    const uint32_t behind = behind_padding(context, cfg.blocks[b]);
    const bool elsewhere = behind != kNoIndex && cfg.blocks[behind].predecessors.size() > 1;
    if (!elsewhere) continue;
    const bool perhaps =
        cfg.blocks[b].call_may_not_return() || (wanted == Witness::Row && ends_in_effect(context, cfg.blocks[b]));
    if (perhaps) without.cut_ends.push_back(b);
  }
  return without;
}

}  // namespace

FrameOptions with_ends_of_control(const FamilyContext& context, const FrameOptions& options, Witness wanted) {
  const Cfg& cfg = context.cfg;
  FrameOptions without = candidates(context, options, wanted);
  // From "none of them goes on" to the largest set in which each has its witness: what does go on is let go on, which
  // may reach more calls and places. The bound is against hostile files; each round lets one go on at least.
  constexpr unsigned kMaxRounds = 16;
  for (unsigned round = 0; round < kMaxRounds && without.cuts_ends(); ++round) {
    Transfer transfer(context.arch, context.decoder.pool(), cfg);
    const Frame frame = interpret(context.arch, cfg, transfer, without);
    size_t removed = std::erase_if(without.cut_ends, [&](uint32_t b) {
      if (!frame.entry[b]) return false;
      if (!cfg.blocks[b].ends_in_call && works_on_frame(context, frame, b)) return true;
      const uint32_t behind = behind_padding(context, cfg.blocks[b]);
      if (!frame.entry[behind]) return true;
      if (wanted == Witness::OtherPath) return false;
      return !contradicts(context, state_after(context, frame, b), *frame.entry[behind], cfg.blocks[behind].first);
    });
    removed += std::erase_if(without.cut_defaults, [&](uint32_t b) {
      if (!frame.entry[b]) return false;
      const Default past = default_of(context, b);
      return !frame.entry[past.behind] || !default_contradicts(context, frame, past);
    });
    if (removed == 0) return without;
  }
  return options;
}

uint32_t call_that_may_not_throw(const Cfg& cfg) {
  for (uint32_t b = 0; b < cfg.blocks.size(); ++b) {
    if (std::ranges::any_of(cfg.blocks[b].successors, &Edge::may_not_throw)) return b;
  }
  return kNoIndex;
}

}  // namespace objhound::oracle
