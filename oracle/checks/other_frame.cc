// Ways out of a function that lead into another frame: the end of __builtin_eh_return, where an unwinder goes to the
// frame that has a handler, __builtin_longjmp and the non-local goto of nested functions. They give SP a value that the
// program computed or kept, and do not come back; no rule says what the frame must be on the way there.

#include <algorithm>

#include "oracle/checks/family.h"

namespace objhound::oracle {
namespace {

// A value of the program's: not one that this frame was given or made.
bool is_foreign(Value value) { return value.kind == Value::Kind::Unknown || value.kind == Value::Kind::Approximate; }

// Does the operation give SP a value of the program's, one that has nothing to do with this frame?
// `jumps`: control goes on by a jump, which no caller made.
bool takes_other_sp(const Arch& arch, const State& before, const MicroOp& op, bool jumps) {
  if (op.dst != arch.sp) return false;
  switch (op.op) {
    case Op::Copy:
      return !(arch.callee_saved & reg_bit(op.a)) && is_foreign(before.reg(op.a));
    case Op::Load:
      return !Transfer::address(before, op).is_stack();
    case Op::AddReg: {  // behind the epilogue, or in its place where a jump follows, the distance to the frame is added
      const Value sp = before.reg(arch.sp);
      const bool here = sp == Value::cfa(arch.entry_sp) || (jumps && sp.kind == Value::Kind::Cfa);
      return op.a == arch.sp && here && is_foreign(before.reg(op.b));
    }
    default:
      return false;
  }
}

bool leaves_to_other_frame(const FamilyContext& context, const Frame& frame, uint32_t index) {
  const Arch& arch = context.arch;
  const Block& block = context.cfg.blocks[index];
  const bool jumps = context.insn(block.last - 1).flow == Flow::JumpIndirect && block.exit != Exit::None;
  if (!frame.entry[index] || (!jumps && block.exit != Exit::Return)) return false;
  Transfer transfer(arch, context.decoder.pool(), context.cfg);
  State state = *frame.entry[index];
  std::optional<Value> other;
  for (uint32_t i = block.first; i < block.last; ++i) {
    const State before = state;
    const std::span<const MicroOp> ops = context.decoder.ops(context.cfg.insns[i].insn);
    const bool takes =
        std::ranges::any_of(ops, [&](const MicroOp& op) { return takes_other_sp(arch, before, op, jumps); });
    transfer.step(state, i);
    const Value sp = state.reg(arch.sp);
    if (takes && (sp.kind == Value::Kind::Dynamic || sp.kind == Value::Kind::Approximate)) other = sp;
  }
  if (!other) return false;
  // A jump may take its target from the other frame's stack first.
  const Value sp = state.reg(arch.sp);
  if (!(sp == *other) && !(jumps && sp.kind == Value::Kind::Dynamic && sp.base == other->base)) return false;
  // Whoever returns, to a handler, has its own caller's registers back.
  for (Reg r = 0; r < arch.registers.size(); ++r) {
    if (!jumps && (arch.callee_saved & reg_bit(r)) && !state.reg(r).is_entry(r)) return false;
  }
  return true;
}

}  // namespace

void excuse_ways_to_other_frames(const FamilyContext& context, FamilyResult& result) {
  const std::vector<Block>& blocks = context.cfg.blocks;
  std::vector<uint8_t> excused(blocks.size(), 0);
  bool any = false;
  for (uint32_t b = 0; b < blocks.size(); ++b) {
    if (!leaves_to_other_frame(context, result.frame, b)) continue;
    excused[b] = 1;
    any = true;
    result.doubts.push_back({Reason::NonstandardFrame, blocks[b].last - 1,
                             "SP is set to another frame's, as __builtin_eh_return and __builtin_longjmp do"});
  }
  if (!any) return;
  // Behind the last choice to go there, the frame is on its way out.
  for (bool changed = true; changed;) {
    changed = false;
    for (uint32_t b = 0; b < blocks.size(); ++b) {
      const bool only_there = !excused[b] && blocks[b].exit == Exit::None && !blocks[b].successors.empty() &&
                              std::ranges::all_of(blocks[b].successors, [&](const Edge& e) { return excused[e.to]; });
      if (only_there) excused[b] = changed = true;
    }
  }
  std::erase_if(result.drafts, [&](const Draft& draft) {
    return draft.severity != Severity::Advice && draft.rule != RuleId::NotCovered && excused[draft.block];
  });
}

}  // namespace objhound::oracle
