// Ways out of a function that lead into another frame: the end of __builtin_eh_return, where an unwinder goes to the
// frame that has a handler, __builtin_longjmp and the non-local goto of nested functions. They give SP a value that the
// program computed or kept, and do not come back; no rule says what the frame must be on the way there.
//
// Hand-written code that switches between stacks (setcontext, longjmp, coroutines) goes further: it loads SP and the
// registers from memory that somebody else has filled, and returns to whoever is waiting on the other stack.

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

// Registers that hold what was loaded from memory outside of the frame, and perhaps unmasked since.
class LoadedRegisters {
 public:
  void step(const State& before, std::span<const MicroOp> ops) {
    for (const MicroOp& op : ops) {
      if (op.dst >= kMaxRegs) continue;
      const bool kept = op.op == Op::Copy ? has(op.a) : op.op != Op::Load && has(op.dst);
      const bool loads = op.op == Op::Load && !Transfer::address(before, op).is_stack();
      set_ = kept || loads ? set_ | reg_bit(op.dst) : set_ & ~reg_bit(op.dst);
    }
  }
  bool has(Reg reg) const { return (set_ & reg_bit(reg)) != 0; }

 private:
  RegSet set_ = 0;
};

// How the block goes to another frame, if it does.
Reason way_to_other_frame(const FamilyContext& context, const Frame& frame, uint32_t index) {
  const Arch& arch = context.arch;
  const Block& block = context.cfg.blocks[index];
  const bool jumps = context.insn(block.last - 1).flow == Flow::JumpIndirect && block.exit != Exit::None;
  if (!frame.entry[index] || (!jumps && block.exit != Exit::Return)) return Reason::None;
  Transfer transfer(arch, context.decoder.pool(), context.cfg);
  State state = *frame.entry[index];
  std::optional<Value> other;
  LoadedRegisters loaded;
  bool switches = false;
  for (uint32_t i = block.first; i < block.last; ++i) {
    const State before = state;
    const std::span<const MicroOp> ops = context.decoder.ops(context.cfg.insns[i].insn);
    const bool takes =
        std::ranges::any_of(ops, [&](const MicroOp& op) { return takes_other_sp(arch, before, op, jumps); });
    loaded.step(before, ops);
    transfer.step(state, i);
    const Value sp = state.reg(arch.sp);
    if (!takes || (sp.kind != Value::Kind::Dynamic && sp.kind != Value::Kind::Approximate)) continue;
    other = sp;
    switches = loaded.has(arch.sp);
  }
  if (!other) return Reason::None;
  // Its target may be taken from the other stack first.
  const Value sp = state.reg(arch.sp);
  const bool on_it = sp == *other || (sp.kind == Value::Kind::Dynamic && sp.base == other->base);
  if (!on_it || (!jumps && !switches && !(sp == *other))) return Reason::None;
  bool registers_back = true;
  for (Reg r = 0; r < arch.registers.size(); ++r)
    registers_back = registers_back && (!(arch.callee_saved & reg_bit(r)) || state.reg(r).is_entry(r));
  if (switches && !registers_back) return Reason::ContextSwitch;
  // Whoever returns, to a handler, has its own caller's registers back.
  return jumps || registers_back ? Reason::NonstandardFrame : Reason::None;
}

}  // namespace

void excuse_ways_to_other_frames(const FamilyContext& context, FamilyResult& result) {
  const std::vector<Block>& blocks = context.cfg.blocks;
  std::vector<uint8_t> excused(blocks.size(), 0);
  bool any = false;
  for (uint32_t b = 0; b < blocks.size(); ++b) {
    const Reason way = way_to_other_frame(context, result.frame, b);
    if (way == Reason::None) continue;
    excused[b] = 1;
    any = true;
    result.doubts.push_back({way, blocks[b].last - 1,
                             way == Reason::ContextSwitch
                                 ? "SP and registers are loaded from memory: another stack goes on here"
                                 : "SP is set to another frame's, as __builtin_eh_return and __builtin_longjmp do"});
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
