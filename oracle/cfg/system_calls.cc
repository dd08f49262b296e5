// System calls that do not come back: exit, and the return from a signal's handler. Assembly puts nothing behind them,
// or what another path comes to.

#include <algorithm>
#include <optional>

#include "oracle/cfg/family.h"

namespace objhound::oracle {
namespace {

// The constant in the register before the instruction, if every way there has put it there: followed backwards as long
// as instructions have one predecessor, which falls into them.
std::optional<int64_t> constant_before(const CodeView& view, const FlowGraph& graph, uint32_t insn, Reg reg) {
  constexpr unsigned kFarthest = 16;  // instructions; assembly loads the number just before
  for (unsigned distance = 0; distance < kFarthest; ++distance) {
    const FlowInsn& at = graph.insns[insn];
    if (at.first_in != kNoIndex || at.fall_from == kNoIndex) return std::nullopt;
    insn = at.fall_from;
    const Insn& before = view.insn(graph.insns[insn].insn);
    if (before.flow != Flow::Next && before.flow != Flow::Branch) return std::nullopt;
    for (const MicroOp& op : view.ops(before)) {
      if (op.op == Op::ClobberSet ? (static_cast<RegSet>(op.imm) & reg_bit(reg)) == 0 : op.dst != reg) continue;
      // (Where a relocation will write, a zero stands.)
      const bool known = op.op == Op::Const && !op.merges && op.imm != 0 && before.op_count == 1;
      return known ? std::optional(op.imm) : std::nullopt;
    }
  }
  return std::nullopt;
}

}  // namespace

void end_at_final_system_calls(const CodeView& view, std::span<const uint32_t> system_calls, FlowGraph& graph) {
  for (uint32_t i : system_calls) {
    const Insn& insn = view.insn(graph.insns[i].insn);
    if (view.ops(insn).back().a == kNoReg) continue;
    const std::optional<int64_t> number = constant_before(view, graph, i, view.ops(insn).back().a);
    if (!number || std::ranges::find(view.arch().final_system_calls, *number) == view.arch().final_system_calls.end())
      continue;
    graph.leave(i).exit = Exit::Trap;
    FlowInsn& at = graph.insns[i];
    if (at.fall_to != kNoIndex) graph.insns[at.fall_to].fall_from = kNoIndex;
    at.fall_to = at.first_out = kNoIndex;
  }
}

}  // namespace objhound::oracle
