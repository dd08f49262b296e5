// Which values an index can have when a jump through a table is reached: what its own shape allows (a mask, a narrow
// load), cut down by the compare-and-branch instructions that every way to the jump has passed.
//
// The ways are followed backwards from the jump until the index is defined; the conditions met on them are solved as
// a least fixpoint over sets of intervals. Only conditions on the very value that is the index count, or on one that
// differs from it by a constant or an extension (symbolic.h says which are the same).
#pragma once

#include <map>
#include <optional>
#include <tuple>
#include <vector>

#include "oracle/cfg/interval_set.h"
#include "oracle/cfg/slicer.h"

namespace objhound::oracle {

// What is known of jumps through tables: one that was taken to some place says what its index was.
class TableEdges {
 public:
  virtual ~TableEdges() = default;
  // The index of the jump's table; kNoIndex if it is not known.
  virtual NodeId index_of(uint32_t jump) = 0;
  // Its values for which the jump goes to instruction `to`; empty if that is not known.
  virtual IntervalSet indices_to(uint32_t jump, uint32_t to) = 0;
};

class Bounds {
 public:
  Bounds(Slicer& slicer, TableEdges& tables) : slicer_(slicer), tables_(tables) {}

  // Where a value is asked for: when an instruction is about to run, or on one of the ways to it.
  struct Point {
    uint32_t insn;
    std::optional<Arrival> arrival;
  };
  // The values of `node` there, as unsigned 64-bit numbers. Never too small a set.
  IntervalSet of(NodeId node, const Point& point);

  // Forgets conditions: the slicer was reset.
  void reset();
  // Work is bounded, in instructions walked over; when it is used up, every value is possible.
  void set_budget(uint64_t steps) { steps_left_ = steps; }

 private:
  static constexpr unsigned kMaxDepth = 4;
  class Walk;

  // The low `width` bytes of `core`: what is tracked in place of a node that is their extension.
  struct Tracked {
    NodeId core;
    unsigned width;
    bool is_signed;
  };
  // The branch goes when `cond` holds for node - constant, or for node & constant.
  struct Condition {
    NodeId node = kNoIndex;  // kNoIndex: not known
    unsigned width = 8;
    uint64_t constant = 0;
    bool is_test = false;
    Cond cond = Cond::Other;
  };

  IntervalSet of(NodeId node, const Point& point, unsigned depth);
  IntervalSet by_shape(NodeId node, const Point& point, unsigned depth);
  IntervalSet at_phi(const Tracked& tracked, unsigned depth);
  // Cuts `values` down to what the tracked value can be on the way from `arrival` to `to`. False if that says nothing.
  bool filter(const Tracked& tracked, const Arrival& arrival, uint32_t to, IntervalSet& values);
  // Whether that can say something if it is about `node`.
  bool relates(const Tracked& tracked, NodeId node);
  // And when `node` is one of `allowed`.
  bool related(const Tracked& tracked, NodeId node, IntervalSet allowed, IntervalSet& values);
  Condition condition(uint32_t branch);
  Condition find_condition(uint32_t branch);
  bool describe(uint32_t insn, unsigned op, Condition& condition);
  int64_t offset(NodeId node) const;
  Tracked track(NodeId node);
  bool always_fits(NodeId phi, unsigned width);

  Slicer& slicer_;
  TableEdges& tables_;
  std::vector<uint32_t> condition_of_;  // by instruction: index into conditions_ + 1, or 0
  std::vector<Condition> conditions_;
  // Answers that nothing but the slicer's values went into.
  std::map<std::tuple<NodeId, uint32_t, uint32_t, EdgeKind>, IntervalSet> known_;
  bool asked_tables_ = false;
  uint64_t steps_left_ = 0;
};

}  // namespace objhound::oracle
