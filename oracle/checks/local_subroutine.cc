// Hand-written assembly calls pieces of the same function: `call 1f ... 1: ... ret`, with one symbol and one unwind
// entry around all. Such a call only pushes and goes on inside the family (Block::call_as_push), as the one that finds
// out where it is does, but here a return comes back by what was pushed. The piece is an activation of its own.

#include <algorithm>

#include "oracle/checks/family.h"

namespace objhound::oracle {
namespace {

bool calls_next_instruction(const FamilyContext& context, const Block& block) {
  const CodeInsn& call = context.cfg.insns[block.last - 1];
  return std::ranges::any_of(block.successors, [&](const Edge& edge) {
    const CodeInsn& to = context.cfg.insns[context.cfg.blocks[edge.to].first];
    return to.range == call.range && to.offset == call.offset + context.decoder.insn(call.insn).length;
  });
}

std::vector<uint8_t> reached_from(const FamilyContext& context, const Frame& frame, uint32_t call) {
  const std::vector<Block>& blocks = context.cfg.blocks;
  std::vector<uint8_t> reached(blocks.size(), 0);
  std::vector<uint32_t> work{call};
  while (!work.empty()) {
    const uint32_t block = work.back();
    work.pop_back();
    for (const Edge& edge : blocks[block].successors) {
      if (reached[edge.to] || !frame.entry[edge.to]) continue;
      reached[edge.to] = 1;
      work.push_back(edge.to);
    }
  }
  return reached;
}

}  // namespace

void excuse_local_subroutines(const FamilyContext& context, FamilyResult& result) {
  const std::vector<Block>& blocks = context.cfg.blocks;
  const Frame& frame = result.frame;
  std::vector<uint8_t> excused(blocks.size(), 0);
  constexpr unsigned kMost = 256;  // calls that are looked at
  unsigned calls = 0;
  for (uint32_t b = 0; b < blocks.size() && calls < kMost; ++b) {
    if (!frame.entry[b] || !blocks[b].call_as_push || calls_next_instruction(context, blocks[b])) continue;
    ++calls;
    State pushed = state_at_end(context, frame, b);
    Transfer(context.arch, context.decoder.pool(), context.cfg).leave(pushed, blocks[b]);
    const Value sp = pushed.reg(context.arch.sp);
    const std::vector<uint8_t> reached = reached_from(context, frame, b);
    bool comes_back = false;
    for (uint32_t r = 0; r < blocks.size() && !comes_back; ++r) {
      const bool returns = reached[r] && blocks[r].exit == Exit::Return && !blocks[r].pops_target;
      comes_back = returns && sp.is_stack() && state_at_end(context, frame, r).reg(context.arch.sp) == sp;
    }
    if (!comes_back) continue;
    for (uint32_t r = 0; r < blocks.size(); ++r) excused[r] |= reached[r];
    result.doubts.push_back(
        {Reason::CallConvention, blocks[b].last - 1, "a piece of the same function is called here"});
  }
  std::erase_if(result.drafts, [&](const Draft& draft) {
    return draft.severity != Severity::Advice && draft.rule != RuleId::NotCovered && excused[draft.block];
  });
}

}  // namespace objhound::oracle
