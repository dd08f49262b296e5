// OH101: control runs off the end of a function. A compiler may write that on purpose, where the program promised that
// control never gets there (__builtin_unreachable, a missing return in C++): what stands there then says nothing of
// what follows. So it takes evidence that the end was meant to be reached: an epilogue in front of it. Without, nobody
// can tell the two from the bytes, and the function is unproved.

#include <fmt/format.h>

#include <algorithm>

#include "oracle/checks/family.h"

namespace objhound::oracle {
namespace {

std::string callee_name(const FamilyContext& context, const Block& block) {
  const Callee& callee = block.callee;
  if (callee.function != kNoIndex) return context.object.functions()[callee.function].name;
  if (callee.symbol != kNoIndex) return std::string(context.object.symbols()[callee.symbol].name);
  return "an indirect callee";
}

// The comparison before a jump through a table, when what it sends past the end is what has no case: the default was
// marked unreachable, and the branch to where it would be is left, like entries of the table that lead there. `empty`:
// the block without code at that place, if there is one.
bool guards_table(const FamilyContext& context, uint32_t index, uint32_t empty) {
  constexpr unsigned kFarthest = 4;  // blocks
  const Block* block = &context.cfg.blocks[index];
  if (context.insn(block->last - 1).flow != Flow::Branch) return false;
  for (unsigned distance = 0; distance < kFarthest; ++distance) {
    // The first entry may have been found alone, before more was known of the index; then its edge is of another kind.
    const std::span<const Edge> next = block->successors;
    const bool through_table =
        std::ranges::any_of(next, [](const Edge& edge) { return edge.kind == EdgeKind::Table; }) &&
        std::ranges::all_of(next, [&](const Edge& edge) {
          return (edge.kind == EdgeKind::Table || edge.kind == EdgeKind::Indirect) &&
                 (!edge.approximate || block->bounded);
        });
    if (through_table) return distance > 0;
    const auto goes_on = [&](const Edge& edge) { return edge.kind == EdgeKind::Next && edge.to != empty; };
    const auto on = std::ranges::find_if(next, goes_on);
    const auto ends = [&](const Edge& edge) { return goes_on(edge) || edge.to == empty; };
    if (on == next.end() || !std::ranges::all_of(next, ends)) return false;
    block = &context.cfg.blocks[on->to];
  }
  return false;
}

// The place of what has no case, where entries of a table lead, and the comparison before the jump: a landing pad, and
// nothing behind it but, perhaps, the like of another table.
bool is_empty_case(const FamilyContext& context, uint32_t index, unsigned depth) {
  const Block& block = context.cfg.blocks[index];
  for (uint32_t i = block.first; i < block.last; ++i) {
    if (context.insn(i).flow != Flow::Next || context.insn(i).op_count != 0) return false;
  }
  return !block.predecessors.empty() && std::ranges::all_of(block.predecessors, [&](const Edge& edge) {
    if (edge.kind == EdgeKind::Next) return depth > 0 && is_empty_case(context, edge.to, depth - 1);
    return edge.kind == EdgeKind::Table || (edge.kind == EdgeKind::Taken && guards_table(context, edge.to, index));
  });
}

// Whether the block ends, but for a jump to the end, by computing something that is used only if control goes on in the
// caller or a callee: a result or an argument. A compiler that optimizes deletes code whose result nothing can use, and
// so hardly has anything of that kind in front of an end that it knows to be unreachable: that makes a suspect worth a
// look. It proves nothing, because an assembly statement without instructions may have asked for the value. What is
// left in front of such ends without a reason: stores and loads (they may be volatile), the set-up of the frame, flags
// for a branch that was deleted late, and the wiping of a register in the sequence that stores the stack protector's
// secret.
bool computes_something_for_others(const FamilyContext& context, const Frame& frame, uint32_t index) {
  const Block& block = context.cfg.blocks[index];
  if (!block.successors.empty() || !context.contract.optimized || !context.object.relocatable()) return false;
  if (frame.entry[index]->tainted || context.cfg.outlined_helper) return false;
  uint32_t last = block.last - 1;
  const auto skipped = [&] { return context.insn(last).nop || context.insn(last).flow == Flow::Jump; };
  while (last > block.first && skipped()) --last;
  if (!context.insn(last).computes) return false;
  State state = *frame.entry[index];
  Transfer transfer(context.arch, context.pool, context.cfg);
  for (uint32_t i = block.first; i < last; ++i) transfer.step(state, i);
  const auto on_stack = [&](Reg r) { return r != kNoReg && state.reg(r).is_stack(); };
  Reg wiped = kNoReg;
  for (const MicroOp& op : context.ops(last)) {
    if (op.dst == context.arch.sp || op.dst == context.arch.fp || on_stack(op.a) || on_stack(op.b)) return false;
    const bool flags = op.op == Op::Compare || op.op == Op::TestBits || op.op == Op::FlagsLost;
    if (flags && wiped == kNoReg) return false;
    if (op.op == Op::Const && op.imm == 0) wiped = op.dst;
  }
  if (wiped == kNoReg || last == block.first) return true;
  const std::span<const MicroOp> before = context.ops(last - 1);
  return std::ranges::none_of(before, [&](const MicroOp& op) { return op.op == Op::Store && op.src == wiped; });
}

}  // namespace

void check_end(const FamilyContext& context, const Frame& frame, uint32_t index, FamilyResult& result) {
  const Block& block = context.cfg.blocks[index];
  constexpr unsigned kMostCases = 4;  // one behind the other
  if (guards_table(context, index, kNoIndex)) return;
  if (block.successors.empty() && is_empty_case(context, index, kMostCases)) return;
  const uint32_t insn = block.last - 1;
  if (block.ends_in_call) {
    result.doubts.push_back({Reason::NoreturnUnknown, insn,
                             fmt::format("nothing follows the call of {}, which is not known never to return",
                                         callee_name(context, block))});
    return;
  }
  // An epilogue whose return is missing. Code that a compiler knows to be unreachable has no epilogue.
  // Hand-written code may run into the next function's entry, and mean a tail call of it.
  const Place behind{context.range(insn).section,
                     static_cast<int64_t>(context.cfg.insns[insn].offset) + context.insn(insn).length};
  const bool meant = context.perhaps_by_hand() && context.object.function_starting_at(behind) != kNoIndex;
  const bool torn_down = !frame.entry[index]->tainted && !meant && tore_frame_down(context, frame, index);
  const bool computes = !torn_down && computes_something_for_others(context, frame, index);
  result.drafts.push_back(
      {RuleId::FallsThrough, torn_down ? Severity::Violation : Severity::Suspect, insn, index,
       torn_down ? "the frame is taken down and control runs past the end of the function"
       : computes
           ? "control runs past the end of the function, with something computed that only code beyond it can use"
           : "control can run past the end of the function",
       torn_down  ? "epilogue"
       : computes ? "result"
                  : "end"});
  if (!torn_down) {
    result.doubts.push_back(
        {Reason::UnreachableEnd, insn, "control can run past the end, as code marked unreachable may"});
  }
}

}  // namespace objhound::oracle
