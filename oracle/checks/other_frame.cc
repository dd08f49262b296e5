// Ways out of a function that lead into another frame, and do not come back. Two of them are conventions of the
// compilers, and what they ask for can be checked:
//
// - the end of __builtin_eh_return, where an unwinder goes to the frame that has a handler: the epilogue is that of a
//   return, with all callee-saved registers back, but SP is as far from the caller's as the program says;
// - __builtin_longjmp and the non-local goto of nested functions: SP and FP are loaded from where the program kept
// them,
//   and a jump follows. Whoever goes on there expects nothing in any other register.
//
// From where SP is set on, no unwind row can describe this frame. Everything else that gives SP a value of the
// program's and leaves is no violation, for want of a rule, and no proof either.
//
// Hand-written code that switches between stacks (setcontext, longjmp, coroutines) goes further: it loads SP and the
// registers from memory that somebody else has filled, and returns to whoever is waiting on the other stack.

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

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

// Registers that hold CFA + a constant + a value of the program's.
class DisplacedRegisters {
 public:
  void step(const State& before, std::span<const MicroOp> ops) {
    for (const MicroOp& op : ops) {
      if (op.dst >= kMaxRegs) continue;
      offsets_[op.dst] = result(before, op);
    }
  }
  std::optional<int64_t> offset(Reg reg) const { return offsets_[reg]; }

 private:
  std::optional<int64_t> result(const State& before, const MicroOp& op) const {
    if (op.merges || op.width != 8 || op.a >= kMaxRegs) return std::nullopt;
    if (op.op == Op::Copy) return offsets_[op.a];
    if (op.op == Op::Add && offsets_[op.a]) return *offsets_[op.a] + op.imm;
    if (op.op != Op::AddReg || op.b >= kMaxRegs || op.scale != 0) return std::nullopt;
    Value frame = before.reg(op.a), distance = before.reg(op.b);
    if (distance.kind == Value::Kind::Cfa) std::swap(frame, distance);
    if (frame.kind != Value::Kind::Cfa || !is_foreign(distance)) return std::nullopt;
    return frame.offset + op.imm;
  }

  std::array<std::optional<int64_t>, kMaxRegs> offsets_;
};

// How a block leaves for another frame.
enum class Way : uint8_t { None, Convention, OtherFrame, OtherStack };

// The block, behind those whose calls only push what it then returns to (an inlined retpoline).
std::vector<uint32_t> with_pushing_calls(const Cfg& cfg, uint32_t index) {
  std::vector<uint32_t> chain{index};
  for (const Block* block = &cfg.blocks[index]; chain.size() < 4 && block->predecessors.size() == 1;) {
    const uint32_t before = block->predecessors.front().to;
    block = &cfg.blocks[before];
    if (!block->call_as_push) break;
    chain.insert(chain.begin(), before);
  }
  return chain;
}

Way way_to_other_frame(const FamilyContext& context, const Frame& frame, const std::vector<uint32_t>& chain) {
  const Arch& arch = context.arch;
  const Block& block = context.cfg.blocks[chain.back()];
  const bool indirect = context.insn(block.last - 1).flow == Flow::JumpIndirect || block.through_thunk;
  const bool through_register = indirect && block.exit != Exit::None;
  const bool jumps = through_register || block.exit == Exit::Unresolved || block.exit == Exit::TailCallIndirect;
  if (!frame.entry[chain.front()] || (!jumps && block.exit != Exit::Return)) return Way::None;
  Transfer transfer(arch, context.pool, context.cfg);
  State state = *frame.entry[chain.front()];
  std::optional<Value> other;
  LoadedRegisters loaded;
  DisplacedRegisters displaced;
  bool switches = false, at_distance = false;
  for (uint32_t b : chain) {
    for (uint32_t i = context.cfg.blocks[b].first; i < context.cfg.blocks[b].last; ++i) {
      const State before = state;
      const std::span<const MicroOp> ops = context.ops(i);
      const bool takes =
          std::ranges::any_of(ops, [&](const MicroOp& op) { return takes_other_sp(arch, before, op, jumps); });
      loaded.step(before, ops);
      displaced.step(before, ops);
      transfer.step(state, i);
      const Value sp = state.reg(arch.sp);
      if (!takes || (sp.kind != Value::Kind::Dynamic && sp.kind != Value::Kind::Approximate)) continue;
      other = sp;
      switches = loaded.has(arch.sp);
      at_distance = displaced.offset(arch.sp) == arch.entry_sp;
    }
    if (b != chain.back() || block.pops_target) transfer.leave(state, context.cfg.blocks[b]);
  }
  if (!other) return Way::None;
  // Its target may be taken from the other stack first.
  const Value sp = state.reg(arch.sp);
  const bool on_it = sp == *other || (sp.kind == Value::Kind::Dynamic && sp.base == other->base);
  if (!on_it || (!jumps && !switches && !(sp == *other))) return Way::None;
  bool registers_back = true;
  for (Reg r = 0; r < arch.registers.size(); ++r)
    registers_back = registers_back && (!(arch.callee_saved & reg_bit(r)) || state.reg(r).is_entry(r));
  if (at_distance && registers_back) return Way::Convention;
  if (jumps && switches && loaded.has(arch.fp)) return Way::Convention;
  if (switches && !registers_back) return Way::OtherStack;
  // Whoever returns, to a handler, has its own caller's registers back.
  return jumps || registers_back ? Way::OtherFrame : Way::None;
}

// Whether the caller may go on, by way of this block's end, as far as its exit says.
bool may_come_back(const Block& block) {
  switch (block.exit) {
    case Exit::None:
    case Exit::NoreturnCall:
    case Exit::Trap:
      return false;
    default:
      return true;
  }
}

// Control does not go on behind the block.
bool ends_there(const Block& block) {
  return block.successors.empty() && (block.exit == Exit::NoreturnCall || block.exit == Exit::Trap);
}

}  // namespace

void excuse_ways_to_other_frames(const FamilyContext& context, FamilyResult& result) {
  const std::vector<Block>& blocks = context.cfg.blocks;
  std::vector<uint8_t> excused(blocks.size(), 0);
  bool any = false, only = true;
  for (uint32_t b = 0; b < blocks.size(); ++b) {
    const std::vector<uint32_t> chain = with_pushing_calls(context.cfg, b);
    const Way way = way_to_other_frame(context, result.frame, chain);
    only = only && (way == Way::Convention || !result.frame.entry[b] || !may_come_back(blocks[b]));
    if (way == Way::None) continue;
    for (uint32_t part : chain) excused[part] = 1;
    any = true;
    const uint32_t leaves = blocks[b].last - 1;
    if (way == Way::Convention) {
      // That it is no tail call, and where it goes, is no doubt any more.
      std::erase_if(result.doubts, [&](const Doubt& doubt) {
        return doubt.insn == leaves && (doubt.reason == Reason::IndirectJump || doubt.reason == Reason::CallConvention);
      });
    } else if (way == Way::OtherStack) {
      result.doubts.push_back(
          {Reason::ContextSwitch, leaves, "SP and registers are loaded from memory: another stack goes on here"});
    } else {
      result.doubts.push_back({Reason::NonstandardFrame, leaves,
                               "SP is set to another frame's, not as __builtin_eh_return and __builtin_longjmp do"});
    }
  }
  if (!any) return;
  result.only_to_other_frames = only;
  // Behind the last choice to go there, the frame is on its way out; what does not come back may be on that way.
  for (bool changed = true; changed;) {
    changed = false;
    for (uint32_t b = 0; b < blocks.size(); ++b) {
      const std::span<const Edge> next = blocks[b].successors;
      const bool only_there =
          !excused[b] && blocks[b].exit == Exit::None &&
          std::ranges::any_of(next, [&](const Edge& e) { return excused[e.to]; }) &&
          std::ranges::all_of(next, [&](const Edge& e) { return excused[e.to] || ends_there(blocks[e.to]); });
      if (only_there) excused[b] = changed = true;
    }
  }
  std::erase_if(result.drafts, [&](const Draft& draft) {
    return draft.severity != Severity::Advice && draft.rule != RuleId::NotCovered && excused[draft.block];
  });
}

}  // namespace objhound::oracle
