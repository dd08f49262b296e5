// Hand-written assembly calls pieces of the same function: `call 1f ... 1: ... ret`, with one symbol and one unwind
// entry around all. Such a call only pushes and goes on inside the family (Block::call_as_push), as the one that finds
// out where it is does, but here a return comes back by what was pushed. The piece is an activation of its own.

#include <algorithm>
#include <utility>
#include <vector>

#include "oracle/checks/family.h"

namespace objhound::oracle {
namespace {

bool calls_next_instruction(const FamilyContext& context, const Block& block) {
  const CodeInsn& call = context.cfg.insns[block.last - 1];
  return std::ranges::any_of(block.successors, [&](const Edge& edge) {
    const CodeInsn& to = context.cfg.insns[context.cfg.blocks[edge.to].first];
    return to.range == call.range && to.offset == call.offset + context.pool.insn(call.insn).length;
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

std::vector<std::pair<uint32_t, Value>> returning_blocks(const FamilyContext& context, const Frame& frame) {
  std::vector<std::pair<uint32_t, Value>> found;
  for (uint32_t b = 0; b < context.cfg.blocks.size(); ++b) {
    const Block& block = context.cfg.blocks[b];
    if (!frame.entry[b] || block.exit != Exit::Return || block.pops_target) continue;
    found.emplace_back(b, state_at_end(context, frame, b).reg(context.arch.sp));
  }
  return found;
}

}  // namespace

void excuse_local_subroutines(const FamilyContext& context, FamilyResult& result) {
  const std::vector<Block>& blocks = context.cfg.blocks;
  const Frame& frame = result.frame;
  std::vector<uint8_t> excused(blocks.size(), 0);
  constexpr unsigned kMost = 256;  // calls that are looked at
  unsigned calls = 0;
  std::vector<std::pair<uint32_t, Value>> returns;  // blocks that return, with SP there; found at the first such call
  for (uint32_t b = 0; b < blocks.size() && calls < kMost; ++b) {
    if (!frame.entry[b] || !blocks[b].call_as_push || calls_next_instruction(context, blocks[b])) continue;
    ++calls;
    State pushed = state_at_end(context, frame, b);
    Transfer(context.arch, context.pool, context.cfg).leave(pushed, blocks[b]);
    const Value sp = pushed.reg(context.arch.sp);
    if (calls == 1) returns = returning_blocks(context, frame);
    const std::vector<uint8_t> reached = reached_from(context, frame, b);
    const bool comes_back = sp.is_stack() && std::ranges::any_of(returns, [&](const auto& way) {
                              return reached[way.first] && way.second == sp;
                            });
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
