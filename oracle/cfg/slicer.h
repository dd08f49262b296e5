// Slicing backwards: what a register holds at an instruction, as a symbolic value, found by walking the flow graph
// against its direction until definitions are met.
//
// Where several definitions meet, a phi is made and removed again when all of them turn out to be one value (Braun et
// al., "Simple and Efficient Construction of Static Single Assignment Form", CC 2013); so a table's address that was
// computed before a loop is still known in it. Memory is followed only through what cannot be misunderstood: a load
// finds the last store to the same address, and a store that may overlap it, a call, or a place where paths meet, ends
// the search.
#pragma once

#include <span>
#include <utility>
#include <vector>

#include "oracle/cfg/code_view.h"
#include "oracle/cfg/flow_graph.h"
#include "oracle/cfg/symbolic.h"

namespace objhound::oracle {

// One way to arrive at an instruction.
struct Arrival {
  uint32_t from;  // instruction; kNoIndex: the family's entry
  EdgeKind kind;
  friend bool operator==(const Arrival&, const Arrival&) = default;
};

class Slicer {
 public:
  Slicer(const CodeView& view, const FlowGraph& graph) : view_(view), graph_(graph) { reset(); }

  // Forgets everything: the graph has become another, or grown so that it is stale (FlowGraph::stale).
  void reset();

  // The value of `reg` before the instruction, or before its operation `op` (reads see the instruction's own writes).
  NodeId before(uint32_t insn, Reg reg) { return at(insn, 0, reg); }
  NodeId at(uint32_t insn, unsigned op, Reg reg);
  // The address a + (b << scale) + imm of operation `op`.
  NodeId address(uint32_t insn, unsigned op);
  // What is in memory there: operation `op` is a Load, CompareMem, JumpMem or CallMem.
  NodeId loaded(uint32_t insn, unsigned op);
  // What operation `op` computes.
  NodeId result(uint32_t insn, unsigned op);
  // Where an indirect jump or call goes.
  NodeId target(uint32_t insn);
  // What a load from a stack slot finds when only stores to that slot, and no call and no store through another
  // pointer, are taken to write it: right for slots that registers are spilled to. kNoIndex if the stores that are met
  // on the ways back disagree.
  NodeId spilled(NodeId load);

  // The place in this file that the code named to get at a load's address, before constants were added to it; not valid
  // if there is none.
  Place named_place(NodeId load) const;

  // The values that meet in a phi, with the way that each comes; empty when they were not looked into. A value may be
  // another name of what resolve() gives.
  std::span<const std::pair<Arrival, NodeId>> incoming(NodeId phi) const;
  NodeId resolve(NodeId node) const;
  // The same for a load that found no store before a place where several ways meet.
  std::vector<std::pair<Arrival, NodeId>> incoming_loads(NodeId load);

  NodePool& pool() { return pool_; }
  // Work is bounded: when the budget is used up every value is opaque, and this is true.
  bool exhausted() const { return steps_left_ == 0; }
  void set_budget(uint64_t steps) { steps_left_ = steps; }
  uint64_t budget() const { return steps_left_; }

  const FlowGraph& graph() const { return graph_; }
  const CodeView& view() const { return view_; }

  // The only way to arrive at the instruction; nothing if there are several, or none.
  bool single_arrival(uint32_t insn, Arrival& arrival) const;
  template <typename Visit>
  void for_arrivals(uint32_t insn, Visit&& visit) const {
    graph_.note_asked(insn);
    const FlowInsn& at = graph_.insns[insn];
    if (insn == 0) visit(Arrival{kNoIndex, EdgeKind::Next});
    if (at.fall_from != kNoIndex) visit(Arrival{at.fall_from, fall_kind(at.fall_from)});
    for (uint32_t e = at.first_in; e != kNoIndex; e = graph_.edges[e].next_in) {
      visit(Arrival{graph_.edges[e].from, graph_.edges[e].kind});
    }
  }

 private:
  struct Phi {
    NodeId node;
    uint32_t insn;
    Reg reg;
    uint32_t first_incoming = 0;
    uint32_t incoming_count = 0;  // 0: not looked into
    NodeId same_as = kNoIndex;
    bool settled = false;  // its web has been looked through
  };

  EdgeKind fall_kind(uint32_t insn) const;
  bool step();
  NodeId over(const Arrival& arrival, Reg reg);
  bool defined_by(const Arrival& arrival, Reg reg, NodeId& value);
  NodeId defined_in(uint32_t insn, unsigned ops, Reg reg);
  NodeId meet(uint32_t insn, Reg reg);
  bool trivial(Phi& phi);
  void remove_trivial_phis(uint32_t first);
  NodeId only_leaf(NodeId phi);
  NodeId evaluate(uint32_t insn, unsigned op);
  NodeId evaluate_uncached(uint32_t insn, unsigned index, const MicroOp& op);
  NodeId arithmetic(uint32_t insn, unsigned index, const MicroOp& op);
  NodeId operand_node(uint32_t insn, const MicroOp& op);
  NodeId operand_node(const Operand& operand);
  Place place_named_by(uint32_t insn, unsigned op, const Operand& operand);
  NodeId from_memory(uint32_t insn, unsigned op, NodeId where, unsigned width);
  bool made_of_sp(NodeId address) const;
  NodeId stored_to(NodeId slot, uint32_t insn);
  bool constant_memory(NodeId address, unsigned width, NodeId& value);
  enum class Overlap : uint8_t { None, Exact, Maybe };
  Overlap overlap(NodeId store, unsigned store_width, NodeId load, unsigned load_width);

  // Memo: key to node, open addressing.
  NodeId* memo(uint64_t key);
  void remember(uint64_t key, NodeId node);

  const CodeView& view_;
  const FlowGraph& graph_;
  NodePool pool_;
  std::vector<std::pair<uint64_t, NodeId>> memo_;
  size_t memo_used_ = 0;
  std::vector<Phi> phis_;
  std::vector<uint32_t> phi_of_;  // by node: index in phis_, or kNoIndex
  std::vector<std::pair<Arrival, NodeId>> incoming_;
  std::vector<std::pair<NodeId, Place>> named_places_;  // by load
  std::vector<std::pair<NodeId, NodeId>> spilled_;      // by load: what spilled() found
  std::vector<uint32_t> seen_;                          // by instruction: the last of spilled()'s searches to see it
  uint32_t searches_ = 0;
  uint64_t steps_left_ = 0;
  unsigned depth_ = 0;
  unsigned open_phis_ = 0;  // phis whose incoming values are being found
};

}  // namespace objhound::oracle
