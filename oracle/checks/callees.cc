#include "oracle/checks/callees.h"

#include <algorithm>

#include "oracle/checks/evaluate.h"

namespace objhound::oracle {
namespace {

// The block that a call returns to; kNoIndex if it does not return.
uint32_t return_block(const Block& block) {
  for (const Edge& edge : block.successors) {
    if (edge.kind == EdgeKind::CallReturn) return edge.to;
  }
  return kNoIndex;
}

// That a callee returns from one call says nothing of the next: error() of glibc is declared twice, and the declaration
// that is used where its first argument is not 0 never returns.
bool may_never_return(const Block& block) {
  return block.ends_in_call && !block.inlined_call && block.callee.function == kNoIndex;
}

// Whether the row recovers everything from the state.
bool fits(const FamilyContext& context, const Row& row, const State& state, Reg reg, uint64_t pc) {
  if (reg == context.arch.sp) return evaluate_cfa(row.cfa, state, context.cfi, pc) == Value::cfa(0);
  const RegisterRule same{.of = reg};
  const RegisterRule* rule = row.rule_for(reg);
  return evaluate_register(rule != nullptr ? *rule : same, state, context.cfi, pc) == Value::entry(reg);
}

bool contradicts(const FamilyContext& context, const State& after_call, const State& elsewhere, uint32_t insn) {
  const Arch& arch = context.arch;
  if (after_call.tainted || elsewhere.tainted) return false;
  const Value mine = after_call.reg(arch.sp), theirs = elsewhere.reg(arch.sp);
  if (mine.is_stack() && theirs.is_stack() && !(mine == theirs)) return true;
  const Row* row = context.cfi.present() ? context.cfi.row_at(context.place(insn)) : nullptr;
  if (row == nullptr) return false;
  for (Reg r = 0; r < arch.registers.size(); ++r) {
    if (r != arch.sp && !(arch.callee_saved & reg_bit(r)) && r != arch.return_address) continue;
    const uint64_t pc = context.address(insn);
    if (fits(context, *row, elsewhere, r, pc) && !fits(context, *row, after_call, r, pc)) return true;
  }
  return false;
}

State state_after(const FamilyContext& context, const Frame& frame, uint32_t index) {
  State state = state_at_end(context, frame, index);
  Transfer(context.arch, context.decoder.pool(), context.cfg).leave(state, context.cfg.blocks[index]);
  return state;
}

// Where control goes on behind a call, past the padding that may stand before the next aligned block.
uint32_t behind_padding(const FamilyContext& context, const Block& call) {
  const Cfg& cfg = context.cfg;
  uint32_t behind = return_block(call);
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

}  // namespace

std::vector<uint32_t> calls_that_cannot_return(const FamilyContext& context, const FrameOptions& options,
                                               Witness wanted) {
  const Cfg& cfg = context.cfg;
  FrameOptions without = options;
  for (uint32_t b = 0; b < cfg.blocks.size(); ++b) {
    const uint32_t behind = behind_padding(context, cfg.blocks[b]);
    const bool elsewhere = behind != kNoIndex && cfg.blocks[behind].predecessors.size() > 1;
    if (elsewhere && may_never_return(cfg.blocks[b])) without.cut_calls.push_back(b);
  }
  // From "none of them returns" to the largest set in which each has its witness: who does return is let return, which
  // may reach more calls and places. The bound is against hostile files; each round lets one return at least.
  constexpr unsigned kMaxRounds = 16;
  for (unsigned round = 0; round < kMaxRounds && !without.cut_calls.empty(); ++round) {
    Transfer transfer(context.arch, context.decoder.pool(), cfg);
    const Frame frame = interpret(context.arch, cfg, transfer, without);
    const size_t removed = std::erase_if(without.cut_calls, [&](uint32_t b) {
      if (!frame.entry[b]) return false;
      const uint32_t behind = behind_padding(context, cfg.blocks[b]);
      if (!frame.entry[behind]) return true;
      if (wanted == Witness::OtherPath) return false;
      return !contradicts(context, state_after(context, frame, b), *frame.entry[behind], cfg.blocks[behind].first);
    });
    if (removed == 0) return without.cut_calls;
  }
  return {};
}

uint32_t call_that_may_not_throw(const Cfg& cfg) {
  for (uint32_t b = 0; b < cfg.blocks.size(); ++b) {
    if (std::ranges::any_of(cfg.blocks[b].successors, &Edge::may_not_throw)) return b;
  }
  return kNoIndex;
}

}  // namespace objhound::oracle
