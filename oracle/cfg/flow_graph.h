// A family's control flow while it is being discovered: a graph of instructions that only ever grows. Blocks are cut
// from it at the end (assemble.cc). Its edges can be followed backwards at any time, which is what the slicer needs
// while indirect jumps are still unresolved.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <vector>

#include "oracle/cfg/cfg.h"

namespace objhound::oracle {

struct FlowInsn {
  uint64_t offset;  // bytes from the section's start
  uint32_t insn;    // index in the decoder
  uint32_t range;
  uint8_t length;  // bytes
  Flow flow;
  uint32_t fall_from = kNoIndex;  // the instruction that falls into this one, when found first
  uint32_t fall_to = kNoIndex;    // the one that this falls into, or returns to from its call
  uint32_t first_in = kNoIndex;   // all other edges, linked through FlowEdge
  uint32_t first_out = kNoIndex;
  uint32_t leave = kNoIndex;   // into FlowGraph::leaves
  mutable uint32_t asked = 0;  // FlowGraph::asking, when somebody has asked since for the ways that lead here
};

struct FlowEdge {
  uint32_t from;
  uint32_t to;
  EdgeKind kind;
  bool approximate;
  uint32_t popped;     // see Edge
  bool may_not_throw;  // see Edge
  uint32_t next_in;
  uint32_t next_out;
};

// How control leaves at an instruction, beside its edges; calls too.
struct FlowLeave {
  uint32_t at;
  Exit exit = Exit::None;
  bool is_call = false;  // see Block::ends_in_call
  bool inlined_call = false;
  bool call_as_push = false;
  bool pops_target = false;
  bool bounded = false;  // see Block::bounded
  Reg through = kNoReg;  // a jump, call or return that goes where this register says, though it is none through one
  Callee callee;
  Place bad_target;
};

// The code of one function of the family, or a copy of an outlined helper's.
struct FlowRange {
  CodeRange code;
  uint32_t first_slot = 0;  // of this range in FlowGraph::slots
  // Of a copy: where it was called from (caller == kNoIndex: it was jumped to), and how deep copies are nested.
  uint32_t caller = kNoIndex;  // instruction
  uint32_t depth = 0;
};

struct FlowGraph {
  static constexpr uint32_t kAhead = 0x80000000;

  std::vector<FlowRange> ranges;  // [0] is the parent's own
  // By (range, offset / alignment): the instruction, or kAhead + the index of what was decoded there already and
  // control has not come by yet, or kNoIndex.
  std::vector<uint32_t> slots;
  std::vector<Decoded> ahead;
  std::vector<FlowInsn> insns;  // in the order of discovery; [0] is the entry
  std::vector<FlowEdge> edges;
  std::vector<FlowLeave> leaves;
  unsigned alignment = 1;       // of instructions, in bytes: a power of two
  unsigned alignment_bits = 0;  // log2
  // Who draws conclusions from the ways that lead to instructions notes that he has asked for them. When another way is
  // found to one of those, the conclusions are stale.
  mutable uint32_t asking = 1;
  mutable bool stale = false;

  void note_asked(uint32_t insn) const { insns[insn].asked = asking; }
  void forget_asked() const {
    ++asking;
    stale = false;
  }

  void clear(unsigned insn_alignment) {
    ranges.clear();
    slots.clear();
    ahead.clear();
    insns.clear();
    edges.clear();
    leaves.clear();
    alignment = insn_alignment;
    alignment_bits = static_cast<unsigned>(std::countr_zero(insn_alignment));
  }

  uint32_t add_range(const CodeRange& code) {
    FlowRange range;
    range.code = code;
    range.first_slot = static_cast<uint32_t>(slots.size());
    slots.resize(slots.size() + ((code.end - code.begin + alignment - 1) >> alignment_bits), kNoIndex);
    ranges.push_back(range);
    return static_cast<uint32_t>(ranges.size() - 1);
  }

  // The slot of an offset that is inside the range and aligned.
  uint32_t& slot(uint32_t range, uint64_t offset) { return slots[slot_of(range, offset)]; }
  size_t slot_of(uint32_t range, uint64_t offset) const {
    return ranges[range].first_slot + ((offset - ranges[range].code.begin) >> alignment_bits);
  }
  // How many slots from there on hold nothing, at most `most`; the first counts as one that does.
  size_t free_slots(uint32_t range, uint64_t offset, size_t most) const {
    constexpr size_t kStep = 16;  // looked at together
    const CodeRange& code = ranges[range].code;
    const size_t left = std::min<size_t>(most, (code.end - offset + alignment - 1) >> alignment_bits);
    const uint32_t* const first = &slots[slot_of(range, offset)];
    size_t free = 1;
    for (; free + kStep <= left; free += kStep) {
      uint32_t all = kNoIndex;
      for (size_t i = 0; i < kStep; ++i) all &= first[free + i];
      if (all != kNoIndex) break;
    }
    while (free < left && first[free] == kNoIndex) ++free;
    return free;
  }
  // The instruction there, or kNoIndex.
  uint32_t known(uint32_t range, uint64_t offset) const {
    const uint32_t slot = slots[slot_of(range, offset)];
    return slot < kAhead ? slot : kNoIndex;
  }

  // Adds the edge unless it is there. Returns whether the graph grew.
  bool connect(uint32_t from, uint32_t to, EdgeKind kind, bool approximate, uint32_t popped = 0,
               bool may_not_throw = false) {
    for (uint32_t e = insns[from].first_out; e != kNoIndex; e = edges[e].next_out) {
      if (edges[e].to == to && edges[e].kind == kind) {
        edges[e].approximate = edges[e].approximate && approximate;
        return false;
      }
    }
    add(from, to, kind, approximate, popped, may_not_throw);
    return true;
  }

  // An edge that is known not to be there.
  void add(uint32_t from, uint32_t to, EdgeKind kind, bool approximate, uint32_t popped = 0,
           bool may_not_throw = false) {
    stale = stale || insns[to].asked == asking;
    edges.push_back({from, to, kind, approximate, popped, may_not_throw, insns[to].first_in, insns[from].first_out});
    insns[to].first_in = insns[from].first_out = static_cast<uint32_t>(edges.size() - 1);
  }

  // Control goes on at `to`, the instruction behind `from`.
  void fall(uint32_t from, uint32_t to, EdgeKind kind) {
    if (insns[to].fall_from == kNoIndex) {
      stale = stale || insns[to].asked == asking;
      insns[to].fall_from = from;
      insns[from].fall_to = to;
    } else if (insns[to].fall_from != from) {
      connect(from, to, kind, false);
    }
  }

  FlowLeave& leave(uint32_t at) {
    if (insns[at].leave == kNoIndex) {
      insns[at].leave = static_cast<uint32_t>(leaves.size());
      leaves.push_back({.at = at, .callee = {}, .bad_target = {}});
    }
    return leaves[insns[at].leave];
  }

  Place place(uint32_t insn) const {
    return {ranges[insns[insn].range].code.section, static_cast<int64_t>(insns[insn].offset)};
  }
};

}  // namespace objhound::oracle
