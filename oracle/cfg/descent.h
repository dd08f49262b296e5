// Recursive descent: from the places that control is known to reach, instruction by instruction, to all places that
// it reaches by direct jumps, branches and calls. Where an indirect jump leads is found out by others (jump_table.h),
// who come back with more places.
#pragma once

#include <span>
#include <vector>

#include "oracle/cfg/code_view.h"
#include "oracle/cfg/flow_graph.h"
#include "oracle/cfg/imports.h"
#include "oracle/cfg/noreturn.h"

namespace objhound::oracle {

class Descent {
 public:
  Descent(const CodeView& view, const CalleeKnowledge& callees, FlowGraph& graph, const CfgOptions& options)
      : view_(view),
        callees_(callees),
        graph_(graph),
        imports_(view),
        unwind_sites_(options.unwind_sites),
        max_insns_(options.max_insns) {}

  // Starts a family: its ranges, and all that its entry reaches.
  void start(uint32_t function);
  // Adds an edge from `from` to a place of the family, which must be in one of the ranges, and follows it.
  // Returns whether the edge is new; `new_for_certain`, if nothing of the kind leads there yet.
  bool go(uint32_t from, uint32_t range, uint64_t offset, EdgeKind kind, bool approximate,
          bool new_for_certain = false);

  // Adds edges to the landing pads of sites without a call: instructions that fault lead there (-fnon-call-exceptions).
  // Returns whether an edge is new.
  bool enter_pads_of_faults();

  // Where a place is, as seen from code of `range`: in that range if it is a copy, else in one of the family's own.
  // kNoIndex if it is elsewhere. A place at the very end of a range is not in it.
  uint32_t range_of(uint32_t range, Place place) const;
  // Whether the place is where only a jump that never happens goes: just behind the end of one of the family's own
  // ranges, or at a fragment of it that has no code.
  bool is_unreachable_end(Place place) const;

  // Makes the place one of the family's own if it is in code that is no function of its own: a fragment without a name,
  // or, unless `fragments_only`, the middle of some function without one. Whether it did.
  bool absorb(Place target, bool fragments_only);

  const Imports& imports() const { return imports_; }
  const std::vector<uint32_t>& indirect_jumps() const { return indirect_jumps_; }
  const std::vector<uint32_t>& system_calls() const { return system_calls_; }
  bool limit_reached() const { return limit_reached_; }
  Place lost_landing_pad() const { return lost_landing_pad_; }

 private:
  struct Pending {
    uint32_t from;
    uint32_t range;
    uint64_t offset;
    EdgeKind kind;
    bool approximate;
    uint32_t popped = 0;
    bool may_not_throw = false;
  };

  void drain();
  const UnwindSite* unwind_site_at(Place place) const;
  void unwind(uint32_t index, const UnwindSite& site);
  uint32_t walk(uint32_t range, uint64_t offset);
  uint32_t decode_ahead(uint32_t range, uint64_t offset);
  EdgeKind kind_behind(uint32_t index) const;
  // What the instruction does to control flow; whether the walk goes on behind it.
  bool flow(uint32_t index, const Insn& insn);
  bool call(uint32_t index, const Insn& insn);
  void jump(uint32_t index, const Insn& insn);
  void jump_to(uint32_t index, Place target, bool relocated);
  void sort_ranges();
  void jump_to_operand(uint32_t index, const Operand& operand);
  bool jump_indirect(uint32_t index, const Insn& insn);
  void tail_call(uint32_t index, const Callee& callee);
  void bad_target(uint32_t index, Place target);
  void return_from_copy(uint32_t index);
  bool calls_for_copy(uint32_t index);
  bool return_as_jump(uint32_t index, const Insn& insn);
  ThunkMeaning thunk(const Callee& callee) const;
  Reg inline_thunk(const CodeRange& code, Place place) const;
  bool enter_copy(uint32_t index, uint32_t function, bool called);
  Callee callee_of(const Operand& operand);
  std::optional<Callee> imported_through(const Operand& operand, const MicroOp& op) const;

  const CodeView& view_;
  const CalleeKnowledge& callees_;
  FlowGraph& graph_;
  Imports imports_;
  std::span<const UnwindSite> unwind_sites_;
  uint32_t max_insns_;
  uint32_t own_ranges_ = 0;         // the family's own; the others are copies
  std::vector<uint32_t> by_place_;  // own ranges by (section, begin)
  std::vector<Pending> pending_;
  std::vector<uint32_t> system_calls_;
  std::vector<uint32_t> indirect_jumps_;
  std::vector<Place> pushed_to_;  // where calls lead that only push
  bool limit_reached_ = false;
  Place lost_landing_pad_;
};

}  // namespace objhound::oracle
