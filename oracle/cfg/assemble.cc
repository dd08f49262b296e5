// From a graph of instructions to blocks: sorts the instructions by place and cuts where edges land and leave.

#include <algorithm>

#include "oracle/cfg/family.h"
#include "oracle/cfg/kept_registers.h"

namespace objhound::oracle {
namespace {

class Assembler {
 public:
  Assembler(const CodeView& view, FlowGraph& graph, Cfg& cfg) : view_(view), graph_(graph), cfg_(cfg) {}

  void run(std::vector<JumpTable> tables) {
    for (const FlowRange& range : graph_.ranges) cfg_.ranges.push_back(range.code);
    sort_insns();
    cut_blocks();
    add_edges();
    const auto found = [&] { return cfg_.unreached.valid() || cfg_.given_away.valid(); };
    for (uint32_t r = 0; r < cfg_.ranges.size() && !found(); ++r) find_unreached(r);
    for (JumpTable& table : tables) table.jump = sorted_[table.jump];
    std::sort(tables.begin(), tables.end(), [](const JumpTable& a, const JumpTable& b) { return a.jump < b.jump; });
    cfg_.jump_tables = std::move(tables);
  }

 private:
  // Slots are in the order of ranges and offsets already.
  void sort_insns() {
    sorted_.resize(graph_.insns.size());
    discovered_.reserve(graph_.insns.size());
    for (uint32_t insn : graph_.slots) {
      if (insn >= FlowGraph::kAhead) continue;
      sorted_[insn] = static_cast<uint32_t>(discovered_.size());
      discovered_.push_back(insn);
    }
    cfg_.insns.reserve(discovered_.size());
    for (uint32_t insn : discovered_) {
      const FlowInsn& at = graph_.insns[insn];
      cfg_.insns.push_back({at.offset, at.insn, at.range});
    }
  }

  // Walks over the holes between the range's instructions. What stands there need be no code: constants and tables that
  // an instruction of the family names by their place are none.
  void find_unreached(uint32_t range) {
    const CodeRange& code = cfg_.ranges[range];
    if (code.inlined) return;
    uint64_t offset = code.begin;
    auto next = std::ranges::lower_bound(cfg_.insns, range, {}, &CodeInsn::range);
    while (offset < code.end) {
      const bool known = next != cfg_.insns.end() && next->range == range && next->offset <= offset;
      const uint32_t decoded = known ? next->insn : view_.source().decode(code.section, offset, code.end);
      const Insn& insn = view_.insn(decoded);
      if (known) {
        offset = std::max<uint64_t>(offset, next->offset + insn.length);
        ++next;
        if (insn.length > 0) continue;
        return;
      }
      if (!insn.nop) {
        const Place place{code.section, static_cast<int64_t>(offset)};
        cfg_.given_away = code_given_away(view_, cfg_, range);
        if (cfg_.given_away.valid()) return;
        if (insn.flow != Flow::Undecodable && !names_data_from(place, code)) cfg_.unreached = place;
        return;
      }
      offset += insn.length;
    }
  }

  // Does an instruction of the family read from, or take the address of, a place in [from, code.end)?
  bool names_data_from(Place from, const CodeRange& code) const {
    return std::ranges::any_of(graph_.insns, [&](const FlowInsn& at) {
      const Insn& insn = view_.insn(at.insn);
      const Place place{graph_.ranges[at.range].code.section, static_cast<int64_t>(at.offset)};
      return std::ranges::any_of(view_.ops(insn), [&](const MicroOp& op) {
        if (op.op != Op::Address && op.a != kPcReg) return false;
        const Place named = view_.operand(place, insn.length, op).place;
        return named.section == from.section && named.offset >= from.offset &&
               named.offset < static_cast<int64_t>(code.end);
      });
    });
  }

  bool is_leader(uint32_t index) const {
    if (index == 0) return true;
    const FlowInsn& at = graph_.insns[discovered_[index]];
    return at.first_in != kNoIndex || at.fall_from != discovered_[index - 1] || ends_block(discovered_[index - 1]);
  }

  bool ends_block(uint32_t insn) const {
    const FlowInsn& at = graph_.insns[insn];
    return at.leave != kNoIndex || at.first_out != kNoIndex || at.flow != Flow::Next;
  }

  void cut_blocks() {
    block_of_.resize(discovered_.size());
    uint32_t count = 0;
    for (uint32_t i = 0; i < discovered_.size(); ++i) {
      count += is_leader(i);
      block_of_[i] = count - 1;
    }
    cfg_.blocks.resize(count);
    for (uint32_t i = 0; i < discovered_.size(); ++i) {
      Block& block = cfg_.blocks[block_of_[i]];
      if (i == 0 || block_of_[i] != block_of_[i - 1]) block.first = i;
      block.last = i + 1;
    }
  }

  void connect(uint32_t from, uint32_t to_insn, EdgeKind kind, bool approximate, uint32_t popped = 0,
               bool may_not_throw = false) {
    laid_out_.push_back({from, {block_of_[sorted_[to_insn]], kind, approximate, popped, may_not_throw}});
  }

  void add_edges() {
    laid_out_.reserve(2 * cfg_.blocks.size());
    for (uint32_t b = 0; b < cfg_.blocks.size(); ++b) {
      const uint32_t last = discovered_[cfg_.blocks[b].last - 1];
      const FlowInsn& at = graph_.insns[last];
      bool is_call = false;
      if (at.leave != kNoIndex) {
        const FlowLeave& leave = graph_.leaves[at.leave];
        Block& block = cfg_.blocks[b];
        block.exit = leave.exit;
        block.ends_in_call = is_call = leave.is_call;
        block.inlined_call = leave.inlined_call;
        block.call_as_push = leave.call_as_push;
        block.pops_target = leave.pops_target;
        block.bounded = leave.bounded;
        block.callee = leave.callee;
        block.bad_target = leave.bad_target;
        if (is_call && moves_sp_by_register(at.fall_to)) block.kept = kept_registers(view_, leave.callee.function);
      }
      if (at.fall_to != kNoIndex) connect(b, at.fall_to, is_call ? EdgeKind::CallReturn : EdgeKind::Next, false);
      edges_.clear();
      for (uint32_t e = at.first_out; e != kNoIndex; e = graph_.edges[e].next_out) edges_.push_back(e);
      for (size_t i = edges_.size(); i-- > 0;) {
        const FlowEdge& edge = graph_.edges[edges_[i]];
        connect(b, edge.to, edge.kind, edge.approximate, edge.popped, edge.may_not_throw);
      }
    }
    cfg_.set_edges(laid_out_);
  }

  bool moves_sp_by_register(uint32_t insn) const {
    if (insn == kNoIndex) return false;
    return std::ranges::any_of(view_.ops(view_.insn(graph_.insns[insn].insn)),
                               [&](const MicroOp& op) { return op.op == Op::SubReg && op.dst == view_.arch().sp; });
  }

  const CodeView& view_;
  FlowGraph& graph_;
  Cfg& cfg_;
  std::vector<uint32_t> sorted_;      // by order of discovery: by place
  std::vector<uint32_t> discovered_;  // the other way round
  std::vector<uint32_t> block_of_;
  std::vector<uint32_t> edges_;
  std::vector<FromTo> laid_out_;
};

}  // namespace

void assemble_blocks(const CodeView& view, FlowGraph& graph, std::vector<JumpTable> tables, Cfg& cfg) {
  Assembler(view, graph, cfg).run(std::move(tables));
}

}  // namespace objhound::oracle
