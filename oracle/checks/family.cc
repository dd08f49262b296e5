#include "oracle/checks/family.h"

#include <algorithm>

namespace objhound::oracle {
namespace {

bool leaves_function(const FamilyContext& context, const Frame& frame, uint32_t block) {
  switch (context.cfg.blocks[block].exit) {
    case Exit::Return:
    case Exit::TailCall:
    case Exit::TailCallIndirect:
      return true;
    case Exit::Unresolved:
      return tore_frame_down(context, frame, block);
    default:
      return false;
  }
}

bool any_real(const FamilyResult& result) {
  return std::ranges::any_of(result.drafts, [](const Draft& draft) { return draft.severity != Severity::Advice; });
}

FamilyResult check_once(const FamilyContext& context, const FrameOptions& options) {
  FamilyResult result;
  Transfer transfer(context.arch, context.decoder.pool(), context.cfg);
  result.frame = interpret(context.arch, context.cfg, transfer, options);
  const Frame& frame = result.frame;
  for (const Approximation& approximation : frame.approximations) {
    result.doubts.push_back({approximation.reason, approximation.insn, ""});
  }
  check_control_flow(context, frame, options, result);
  UnwindCheck unwind(context, frame, result);
  State state;
  for (uint32_t b = 0; b < context.cfg.blocks.size(); ++b) {
    if (!frame.entry[b]) continue;
    const Block& block = context.cfg.blocks[b];
    if (!context.cfg.ranges[context.cfg.insns[block.first].range].inlined)
      result.instructions += block.last - block.first;
    state = *frame.entry[b];
    check_block(context, frame, b, state, transfer, unwind, result);
  }
  if (any_real(result)) excuse_ways_to_other_frames(context, result);
  return result;
}

// Calls behind which the code makes sense only if they never return: the callee is not known to return, the
// instruction after the call is reached from elsewhere too (else it would be dead code, which compilers do not leave
// behind a call that they know not to return), and the state after the call contradicts what stands there.
std::vector<uint32_t> suspicious_calls(const FamilyContext& context, const Frame& frame) {
  std::vector<uint32_t> calls;
  for (uint32_t b = 0; b < context.cfg.blocks.size(); ++b) {
    const Block& block = context.cfg.blocks[b];
    if (!frame.entry[b] || !block.ends_in_call || block.callee.function != kNoIndex) continue;
    for (const Edge& edge : block.successors) {
      if (edge.kind != EdgeKind::CallReturn) continue;
      const std::span<const Edge> into = context.cfg.blocks[edge.to].predecessors;
      const bool elsewhere = std::ranges::any_of(into, [&](const Edge& other) { return other.to != b; });
      if (elsewhere) calls.push_back(b);
    }
  }
  return calls;
}

// Whether nothing else keeps a proof from closing but jumps that were taken for computed gotos, to every label of the
// function whose address is taken. That is what the compiler, too, takes such a jump for. In machine code it may also
// be a tail call of a pointer; then the labels' edges are too many. If each of them is taken to exist and no rule is
// broken on any, either reading holds.
bool only_labels_are_open(const FamilyContext& context, const FamilyResult& result) {
  bool open = false;
  for (const Block& block : context.cfg.blocks) {
    if (block.exit == Exit::Unresolved || !block.reachable) return false;
    for (const Edge& edge : block.successors) {
      if (!edge.approximate) continue;
      if (edge.kind != EdgeKind::Indirect) return false;
      open = true;
    }
  }
  return open && !context.cfg.unreached.valid() && !any_real(result) &&
         std::ranges::all_of(result.doubts, [](const Doubt& doubt) {
           return doubt.reason == Reason::IndirectJump || doubt.reason == Reason::CallConvention;
         });
}

}  // namespace

void check_block(const FamilyContext& context, const Frame& frame, uint32_t index, State& state, Transfer& transfer,
                 UnwindCheck& unwind, FamilyResult& result) {
  const Block& block = context.cfg.blocks[index];
  unwind.begin_block(index);
  const bool leaves = !context.cfg.outlined_helper && leaves_function(context, frame, index);
  for (uint32_t i = block.first; i < block.last; ++i) {
    if (context.cfi.present()) unwind.at(i, state);
    transfer.step(state, i);
    // A return may authenticate its address first, in the same instruction.
    if (!leaves || i + 1 != block.last) continue;
    if (block.pops_target) transfer.leave(state, block);
    check_exit(context, frame, index, state, result);
  }
}

FamilyResult check_family(const FamilyContext& context) {
  FamilyResult result = check_once(context, {});
  if (!any_real(result)) {
    if (only_labels_are_open(context, result)) {
      FamilyResult exact = check_once(context, {.cut_calls = {}, .exact_labels = true});
      if (!any_real(exact)) return exact;
    }
    return result;
  }

  // One call after the other is tried, so that only those are blamed that explain something.
  for (uint32_t call : suspicious_calls(context, result.frame)) {
    FrameOptions options;
    options.cut_calls.push_back(call);
    FamilyResult explained = check_once(context, options);
    if (any_real(explained)) continue;
    explained.doubts.push_back({Reason::NoreturnUnknown, context.cfg.blocks[call].last - 1,
                                "only if this call never returns does the code behind it make sense"});
    return explained;
  }
  return result;
}

}  // namespace objhound::oracle
