// OH101 to OH106: where control goes, apart from any stack state.

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "oracle/checks/family.h"

namespace objhound::oracle {
namespace {

// A call that is not known to return, or not, is all that leads here: bytes behind it may be no code at all.
bool only_behind_unknown_call(const FamilyContext& context, uint32_t index) {
  const std::span<const Edge> predecessors = context.cfg.blocks[index].predecessors;
  return std::ranges::all_of(predecessors,
                             [&](const Edge& edge) {
                               return edge.kind == EdgeKind::CallReturn &&
                                      context.cfg.blocks[edge.to].call_may_not_return();
                             }) &&
         !predecessors.empty();
}

void undecodable(const FamilyContext& context, const Frame& frame, uint32_t index, FamilyResult& result) {
  const Block& block = context.cfg.blocks[index];
  const uint32_t insn = block.last - 1;
  const bool behind_call = block.ends_in_call
                               ? block.call_may_not_return()
                               : block.last - block.first <= 1 && only_behind_unknown_call(context, index);
  if (behind_call) {
    result.doubts.push_back(
        {Reason::NoreturnUnknown, insn, "what follows a call that may never return is no instruction"});
    return;
  }
  const Severity severity = frame.entry[index]->tainted ? Severity::Suspect : Severity::Violation;
  result.drafts.push_back(
      {RuleId::Undecodable, severity, insn, index, "control reaches bytes that are no instruction", ""});
}

// Where a branch or a table leads that leads into no code of the family.
std::string place_text(const FamilyContext& context, Place target) {
  const uint32_t other = context.object.function_at(target);
  if (other == kNoIndex) return "a place that is in no function";
  const Function& function = context.object.functions()[other];
  const int64_t offset = target.offset - static_cast<int64_t>(function.offset);
  return offset == 0 ? fmt::format("the function {}", function.name)
                     : fmt::format("the middle of {}+{:#x}", function.name, offset);
}

void bad_target(const FamilyContext& context, const Frame& frame, uint32_t index, FamilyResult& result) {
  const Block& block = context.cfg.blocks[index];
  const uint32_t insn = block.last - 1;
  const bool nowhere = context.object.function_at(block.bad_target) == kNoIndex;
  const std::string where = place_text(context, block.bad_target);
  // Hand-written assembly does jump into its neighbours; compilers do not.
  const bool certain = !context.perhaps_by_hand() && !frame.entry[index]->tainted;
  result.drafts.push_back({RuleId::BadBranchTarget, certain ? Severity::Violation : Severity::Suspect, insn, index,
                           "the branch goes to " + where, nowhere ? "nowhere" : "middle"});
  if (!certain) result.doubts.push_back({Reason::CallConvention, insn, "a branch into " + where});
}

// Whether the block's last instruction reaches into the next one. In a block, and over the edge by which it falls
// through, an instruction begins where the one before it ends.
bool overlaps_next(const FamilyContext& context, const Block& block) {
  const Cfg& cfg = context.cfg;
  if (block.first == block.last || block.last == cfg.insns.size()) return false;
  const bool goes_on = !block.successors.empty() && block.successors.front().kind == EdgeKind::Next &&
                       cfg.blocks[block.successors.front().to].first == block.last;
  if (goes_on) return false;
  const CodeInsn &end = cfg.insns[block.last - 1], &next = cfg.insns[block.last];
  return end.range == next.range && next.offset - end.offset < context.pool.insn(end.insn).length;
}

// Apart from padding, which nothing has to reach.
bool is_unreachable_code(const FamilyContext& context, const Block& block) {
  const Cfg& cfg = context.cfg;
  if (block.reachable || block.first == block.last || cfg.ranges[cfg.insns[block.first].range].inlined) return false;
  return !std::all_of(cfg.insns.begin() + block.first, cfg.insns.begin() + block.last,
                      [&](const CodeInsn& code) { return context.pool.insn(code.insn).nop; });
}

// OH105, once for equal bytes.
void disagreeing_decoders(const FamilyContext& context, const Frame& frame, FamilyResult& result) {
  const Cfg& cfg = context.cfg;
  std::set<uint32_t> seen;
  for (uint32_t i = 0; i < cfg.insns.size(); ++i) {
    if (!context.insn(i).decoders_disagree) continue;
    const uint32_t block = cfg.block_of_insn(i);
    if (block == kNoIndex || !frame.entry[block] || !seen.insert(cfg.insns[i].insn).second) continue;
    const Section& section = context.object.sections()[context.range(i).section];
    const uint64_t at = cfg.insns[i].offset;
    const size_t length = std::min<size_t>(context.arch.max_insn_length, section.bytes.size() - at);
    result.drafts.push_back({RuleId::DecodersDisagree, Severity::Suspect, i, block,
                             context.decoder.disagreement(section.bytes.subspan(at, length)), ""});
    result.doubts.push_back({Reason::UnmodelledInstruction, i, "the two decoders disagree"});
  }
}

// OH103, one advice per family: the first instruction that nothing reaches. `block` begins with it, if there is one.
void unreachable_code(const FamilyContext& context, uint32_t block, FamilyResult& result) {
  const Cfg& cfg = context.cfg;
  constexpr const char* kMessage = "nothing reaches this instruction";
  if (block != kNoIndex) {
    result.drafts.push_back({RuleId::UnreachableCode, Severity::Advice, cfg.blocks[block].first, block, kMessage, ""});
  } else if (cfg.unreached.valid()) {
    result.drafts.push_back({RuleId::UnreachableCode, Severity::Advice, 0, 0, kMessage, "", cfg.unreached});
  }
}

// OH102 for branches and jump tables into the middle of an instruction of their own family. Two readings of the same
// bytes that end together differ by prefixes only: a branch past a lock prefix is how inline assembly leaves it out;
// no table leads there.
void overlapping_instructions(const FamilyContext& context, const Frame& frame, FamilyResult& result) {
  const Cfg& cfg = context.cfg;
  const CodeInsn* before = nullptr;
  for (uint32_t i = 0; i < cfg.insns.size(); ++i) {
    const CodeInsn& code = cfg.insns[i];
    const uint64_t end = code.offset + context.pool.insn(code.insn).length;
    const bool same_range = before != nullptr && before->range == code.range;
    const uint64_t before_end = same_range ? before->offset + context.pool.insn(before->insn).length : 0;
    if (same_range && before_end > code.offset) {
      const uint32_t block = cfg.block_of_insn(i);
      for (const Edge& edge : cfg.blocks[block].predecessors) {
        if (!frame.entry[edge.to] || edge.kind == EdgeKind::Next || cfg.blocks[block].first != i) continue;
        const bool by_table = edge.kind == EdgeKind::Table && !edge.approximate && context.object.relocatable();
        if (before_end == end && !by_table) continue;
        const uint32_t around = cfg.block_of_insn(static_cast<uint32_t>(before - cfg.insns.data()));
        const auto sure = [&](uint32_t b) { return frame.entry[b] && !frame.entry[b]->tainted; };
        const bool certain = (edge.kind == EdgeKind::Taken || by_table) && sure(edge.to) && sure(around);
        result.drafts.push_back({RuleId::BadBranchTarget, certain ? Severity::Violation : Severity::Suspect,
                                 cfg.blocks[edge.to].last - 1, edge.to,
                                 fmt::format("the branch goes to {:#x}, the middle of the instruction at {:#x}",
                                             context.offset(i), context.offset(i - 1)),
                                 "overlap"});
        if (!certain) result.doubts.push_back({Reason::IndirectJump, i, "two readings of the same bytes"});
      }
    }
    if (!same_range || end > before_end) before = &code;
  }
}

// OH102 for entries of jump tables that lead into other functions.
void stray_entries(const FamilyContext& context, const Frame& frame, FamilyResult& result) {
  for (const JumpTable& table : context.cfg.jump_tables) {
    if (table.strays.empty()) continue;
    const uint32_t block = context.cfg.block_of_insn(table.jump);
    if (!frame.entry[block]) continue;
    const uint32_t entry = table.strays.front();
    result.drafts.push_back(
        {RuleId::BadBranchTarget, frame.entry[block]->tainted ? Severity::Suspect : Severity::Violation, table.jump,
         block, fmt::format("entry {} of the jump table leads to {}", entry, place_text(context, table.targets[entry])),
         "table"});
  }
}

}  // namespace

State state_at_end(const FamilyContext& context, const Frame& frame, uint32_t block_index) {
  const Block& block = context.cfg.blocks[block_index];
  Transfer transfer(context.arch, context.pool, context.cfg);
  State state = *frame.entry[block_index];
  for (uint32_t i = block.first; i < block.last; ++i) transfer.step(state, i);
  return state;
}

bool fit_for_tail_call(const FamilyContext& context, const Frame& frame, uint32_t block_index) {
  FamilyResult would_be;
  check_exit(context, frame, block_index, state_at_end(context, frame, block_index), would_be);
  return would_be.drafts.empty() && would_be.doubts.empty();
}

bool tore_frame_down(const FamilyContext& context, const Frame& frame, uint32_t block_index) {
  const Arch& arch = context.arch;
  const Block& block = context.cfg.blocks[block_index];
  Transfer transfer(arch, context.pool, context.cfg);
  State state = *frame.entry[block_index];
  bool had_frame = false;
  for (uint32_t i = block.first; i < block.last; ++i) {
    had_frame = had_frame || !(state.reg(arch.sp) == Value::cfa(arch.entry_sp));
    transfer.step(state, i);
  }
  return had_frame && state.reg(arch.sp) == Value::cfa(arch.entry_sp);
}

namespace {

// Whether a jump to a place that the program computed can only be a tail call: the state is what a tail call needs, and
// there is no code in the function that other ways do not reach, so that no table of cases can be behind the jump.
bool only_leads_out(const FamilyContext& context, const Frame& frame, uint32_t block_index) {
  const Block& block = context.cfg.blocks[block_index];
  if (context.cfg.unreached.valid() || !block.successors.empty() || frame.entry[block_index]->tainted) return false;
  if (std::ranges::any_of(context.cfg.blocks, [](const Block& b) { return !b.reachable; })) return false;
  return fit_for_tail_call(context, frame, block_index);
}

}  // namespace

void check_control_flow(const FamilyContext& context, const Frame& frame, const FrameOptions& options,
                        FamilyResult& result) {
  const Cfg& cfg = context.cfg;
  const bool copies = std::ranges::any_of(cfg.ranges, &CodeRange::inlined);
  bool overlap = false;
  uint32_t unreachable = kNoIndex;
  for (uint32_t b = 0; b < cfg.blocks.size(); ++b) {
    const Block& block = cfg.blocks[b];
    overlap = overlap || overlaps_next(context, block);
    if (unreachable == kNoIndex && is_unreachable_code(context, block)) unreachable = b;
    if (!frame.entry[b] || block.first == block.last) continue;
    const uint32_t last = block.last - 1;
    if (!copies || !context.range(last).inlined) result.instructions += block.last - block.first;
    switch (block.exit) {
      case Exit::FallsOff:
        if (!block.ends_in_call && block.callee.function != kNoIndex && fit_for_tail_call(context, frame, b)) break;
        check_end(context, frame, b, result);
        break;
      case Exit::BadTarget:
        bad_target(context, frame, b, result);
        break;
      case Exit::Undecodable:
        undecodable(context, frame, b, result);
        break;
      case Exit::Unresolved:
        // Behind an epilogue there is nothing left of the function to jump to: a tail call through a pointer.
        if (tore_frame_down(context, frame, b) || only_leads_out(context, frame, b)) break;
        result.doubts.push_back({Reason::IndirectJump, last, "the targets of this jump are not known"});
        break;
      case Exit::Return:
        if (context.declared_noreturn) {
          result.drafts.push_back({RuleId::NoreturnReturns,
                                   frame.entry[b]->tainted ? Severity::Suspect : Severity::Violation, last, b,
                                   "the function is declared never to return, and returns here", ""});
        }
        break;
      default:
        break;
    }
    for (const Edge& edge : block.successors) {
      if (!options.doubts(edge)) continue;
      result.doubts.push_back({Reason::IndirectJump, last, "the targets of this jump are only bounded, not known"});
      break;
    }
  }
  if (context.decoder.disagreed()) disagreeing_decoders(context, frame, result);
  if (overlap) overlapping_instructions(context, frame, result);
  stray_entries(context, frame, result);
  if (cfg.lost_landing_pad.valid())
    result.doubts.push_back({Reason::CallConvention, 0, "an exception goes on in another function"});
  if (cfg.given_away.valid()) {
    const Function& function = context.object.functions()[context.object.function_at(cfg.given_away)];
    result.doubts.push_back(
        {Reason::IndirectEntry, 0,
         fmt::format("the address of its code at {}+{:#x} is taken, to be entered from elsewhere", function.name,
                     cfg.given_away.offset - static_cast<int64_t>(function.offset))});
  }
  if (cfg.limit_reached) result.doubts.push_back({Reason::Limit, 0, "the function is too large"});
  unreachable_code(context, unreachable, result);
}

}  // namespace objhound::oracle
