// Sorts the instructions of a graph by place and cuts where edges land and leave.

#include "oracle/cfg/assemble.h"

#include <algorithm>

#include "oracle/cfg/family.h"
#include "oracle/cfg/kept_registers.h"

namespace objhound::oracle {
namespace {

bool ends_block(const FlowInsn& at) {
  return at.leave != kNoIndex || at.first_out != kNoIndex || at.flow != Flow::Next;
}

}  // namespace

void BlockAssembler::list(const FlowGraph& graph, Cfg& cfg) {
  cfg.ranges.reserve(graph.ranges.size());
  for (const FlowRange& range : graph.ranges) cfg.ranges.push_back(range.code);
  if (!follow_runs(graph, cfg)) follow_slots(graph, cfg);
}

void BlockAssembler::assemble(const FlowGraph& graph, std::vector<JumpTable> tables, Cfg& cfg) {
  list(graph, cfg);
  cut_blocks(cfg);
  add_edges(graph, cfg);
  const auto found = [&] { return cfg.unreached.valid() || cfg.given_away.valid(); };
  std::optional<NamedCode> named;
  for (uint32_t r = 0; r < cfg.ranges.size() && !found(); ++r) find_unreached(graph, r, named, cfg);
  for (JumpTable& table : tables) table.jump = cfg.blocks[block_of_[table.jump]].last - 1;
  std::sort(tables.begin(), tables.end(), [](const JumpTable& a, const JumpTable& b) { return a.jump < b.jump; });
  cfg.jump_tables = std::move(tables);
}

// Slots are in the order of ranges and offsets already.
void BlockAssembler::follow_slots(const FlowGraph& graph, Cfg& cfg) {
  start(graph, cfg);
  for (uint32_t insn : graph.slots) {
    if (insn < FlowGraph::kAhead) add(graph, insn, cfg);
  }
}

// Most slots are inside of instructions, and need not be looked at: behind an instruction stands the one that it falls
// into. False if that missed some, which overlap others.
bool BlockAssembler::follow_runs(const FlowGraph& graph, Cfg& cfg) {
  start(graph, cfg);
  for (uint32_t r = 0; r < graph.ranges.size(); ++r) {
    const CodeRange& code = graph.ranges[r].code;
    for (uint64_t offset = code.begin; offset < code.end;) {
      uint32_t insn = graph.known(r, offset);
      if (insn == kNoIndex) {
        offset += graph.alignment;
        continue;
      }
      for (; insn != kNoIndex; insn = graph.insns[insn].fall_to) {
        const FlowInsn& at = graph.insns[insn];
        add(graph, insn, cfg);
        offset = at.offset + std::max<unsigned>(at.length, graph.alignment);
      }
    }
  }
  return by_place_.size() == graph.insns.size();
}

void BlockAssembler::start(const FlowGraph& graph, Cfg& cfg) {
  cfg.insns.clear();
  cfg.insns.reserve(graph.insns.size());
  by_place_.clear();
  by_place_.reserve(graph.insns.size());
  leaders_.clear();
  block_of_.resize(graph.insns.size());
  previous_ = kNoIndex;
  ended_ = true;
}

// The next instruction by place, and whether a block begins there.
void BlockAssembler::add(const FlowGraph& graph, uint32_t insn, Cfg& cfg) {
  const FlowInsn& at = graph.insns[insn];
  if (ended_ || at.first_in != kNoIndex || at.fall_from != previous_)
    leaders_.push_back(static_cast<uint32_t>(by_place_.size()));
  block_of_[insn] = static_cast<uint32_t>(leaders_.size() - 1);
  by_place_.push_back(insn);
  cfg.insns.push_back({at.offset, at.insn, at.range});
  previous_ = insn;
  ended_ = ends_block(at);
}

void BlockAssembler::cut_blocks(Cfg& cfg) {
  cfg.blocks.resize(leaders_.size());
  leaders_.push_back(static_cast<uint32_t>(by_place_.size()));
  for (size_t b = 0; b < cfg.blocks.size(); ++b) {
    cfg.blocks[b].first = leaders_[b];
    cfg.blocks[b].last = leaders_[b + 1];
  }
}

void BlockAssembler::add_edges(const FlowGraph& graph, Cfg& cfg) {
  laid_out_.clear();
  const auto connect = [&](uint32_t from, uint32_t to, const Edge& edge) {
    laid_out_.push_back({from, edge});
    laid_out_.back().edge.to = block_of_[to];
  };
  for (uint32_t b = 0; b < cfg.blocks.size(); ++b) {
    Block& block = cfg.blocks[b];
    const FlowInsn& at = graph.insns[by_place_[block.last - 1]];
    if (at.leave != kNoIndex) {
      const FlowLeave& leave = graph.leaves[at.leave];
      block.exit = leave.exit;
      block.ends_in_call = leave.is_call;
      block.inlined_call = leave.inlined_call;
      block.call_as_push = leave.call_as_push;
      block.pops_target = leave.pops_target;
      block.through_thunk = leave.through != kNoReg && !leave.is_call;
      block.bounded = leave.bounded;
      block.callee = leave.callee;
      block.bad_target = leave.bad_target;
      if (leave.is_call && moves_sp_by_register(graph, at.fall_to))
        block.kept = kept_registers(view_, leave.callee.function);
    }
    const EdgeKind behind = block.ends_in_call ? EdgeKind::CallReturn : EdgeKind::Next;
    if (at.fall_to != kNoIndex) connect(b, at.fall_to, {.to = 0, .kind = behind});
    edges_.clear();
    for (uint32_t e = at.first_out; e != kNoIndex; e = graph.edges[e].next_out) edges_.push_back(e);
    for (size_t i = edges_.size(); i-- > 0;) {
      const FlowEdge& edge = graph.edges[edges_[i]];
      connect(b, edge.to, {0, edge.kind, edge.approximate, edge.popped, edge.may_not_throw});
    }
  }
  cfg.set_edges(laid_out_);
}

bool BlockAssembler::moves_sp_by_register(const FlowGraph& graph, uint32_t insn) const {
  if (insn == kNoIndex) return false;
  const Insn& decoded = view_.insn(graph.insns[insn].insn);
  return (decoded.writes & reg_bit(view_.arch().sp)) != 0 &&
         std::ranges::any_of(view_.ops(decoded),
                             [&](const MicroOp& op) { return op.op == Op::SubReg && op.dst == view_.arch().sp; });
}

// Walks over the holes between the range's instructions. What stands there need be no code: constants and tables that
// an instruction of the family names by their place are none.
void BlockAssembler::find_unreached(const FlowGraph& graph, uint32_t range, std::optional<NamedCode>& named,
                                    Cfg& cfg) const {
  const CodeRange& code = cfg.ranges[range];
  if (code.inlined) return;
  uint64_t offset = code.begin;
  size_t next =
      static_cast<size_t>(std::ranges::lower_bound(cfg.insns, range, {}, &CodeInsn::range) - cfg.insns.begin());
  while (offset < code.end) {
    const bool known = next < cfg.insns.size() && cfg.insns[next].range == range && cfg.insns[next].offset <= offset;
    if (known) {
      const FlowInsn& at = graph.insns[by_place_[next++]];
      offset = std::max<uint64_t>(offset, at.offset + at.length);
      if (at.length > 0) continue;
      return;
    }
    const Insn insn = view_.insn(view_.source().decode(code.section, offset, code.end));  // what follows decodes more
    if (!insn.nop) {
      const Place place{code.section, static_cast<int64_t>(offset)};
      if (!named) named.emplace(view_, cfg);
      cfg.given_away = named->given_away(code);
      if (cfg.given_away.valid()) return;
      if (insn.flow != Flow::Undecodable && !named->names_data(place, code.end)) cfg.unreached = place;
      return;
    }
    offset += insn.length;
  }
}

}  // namespace objhound::oracle
