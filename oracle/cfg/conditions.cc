// What compare-and-branch instructions, and jumps through tables, say of a value.

#include <algorithm>

#include "oracle/cfg/bounds.h"

namespace objhound::oracle {
namespace {

// How far before a branch the comparison that it reads may be, in instructions.
constexpr unsigned kMaxFlagsDistance = 32;

Cond swapped(Cond cond) {
  switch (cond) {
    case Cond::ULt:
      return Cond::UGt;
    case Cond::ULe:
      return Cond::UGe;
    case Cond::UGt:
      return Cond::ULt;
    case Cond::UGe:
      return Cond::ULe;
    case Cond::SLt:
      return Cond::SGt;
    case Cond::SLe:
      return Cond::SGe;
    case Cond::SGt:
      return Cond::SLt;
    case Cond::SGe:
      return Cond::SLe;
    default:
      return cond;
  }
}

Cond negated(Cond cond) {
  switch (cond) {
    case Cond::Eq:
      return Cond::Ne;
    case Cond::Ne:
      return Cond::Eq;
    case Cond::ULt:
      return Cond::UGe;
    case Cond::ULe:
      return Cond::UGt;
    case Cond::UGt:
      return Cond::ULe;
    case Cond::UGe:
      return Cond::ULt;
    case Cond::SLt:
      return Cond::SGe;
    case Cond::SLe:
      return Cond::SGt;
    case Cond::SGt:
      return Cond::SLe;
    case Cond::SGe:
      return Cond::SLt;
    case Cond::BitsZero:
      return Cond::BitsNonZero;
    case Cond::BitsNonZero:
      return Cond::BitsZero;
    default:
      return Cond::Other;
  }
}

// Values from `low` to `high` in the circle of `width` bytes; empty if the borders say so.
IntervalSet below(uint64_t high_exclusive) {
  return high_exclusive == 0 ? IntervalSet() : IntervalSet(0, high_exclusive - 1);
}

// Which values v of `width` bytes satisfy "v cond k".
IntervalSet satisfying(Cond cond, uint64_t k, unsigned width) {
  const uint64_t mask = low_mask(width);
  const uint64_t sign = (mask >> 1) + 1;
  k &= mask;
  switch (cond) {
    case Cond::Eq:
      return {k, k};
    case Cond::Ne:
      return k == mask ? below(k) : below(k).united({k + 1, mask});
    case Cond::ULt:
      return below(k);
    case Cond::ULe:
      return {0, k};
    case Cond::UGt:
      return k == mask ? IntervalSet() : IntervalSet(k + 1, mask);
    case Cond::UGe:
      return {k, mask};
    // Signed order is unsigned order after the sign bit is turned over.
    case Cond::SLt:
      return below((k + sign) & mask).moved(sign, width);
    case Cond::SLe:
      return IntervalSet(0, (k + sign) & mask).moved(sign, width);
    case Cond::SGt: {
      const uint64_t turned = (k + sign) & mask;
      return turned == mask ? IntervalSet() : IntervalSet(turned + 1, mask).moved(sign, width);
    }
    case Cond::SGe:
      return IntervalSet((k + sign) & mask, mask).moved(sign, width);
    default:
      return {0, mask};
  }
}

// Which values can have none, or some, of the bits of `bits`: the smallest interval that holds them.
IntervalSet with_bits(bool none, uint64_t bits, unsigned width) {
  const uint64_t mask = low_mask(width);
  bits &= mask;
  if (bits == 0) return none ? IntervalSet(0, mask) : IntervalSet();
  return none ? IntervalSet(0, mask & ~bits) : IntervalSet(bits & (~bits + 1), mask);
}

// From sign extensions of `width` bytes to those bytes.
IntervalSet unextended(const IntervalSet& wide, unsigned width) {
  const uint64_t mask = low_mask(width), half = mask >> 1;
  return wide.intersected({0, half}).united(wide.intersected({~half, ~uint64_t{0}}).moved(mask + 1, 8));
}

}  // namespace

bool Bounds::filter(const Tracked& tracked, const Arrival& arrival, uint32_t to, IntervalSet& values) {
  if (arrival.kind == EdgeKind::Table) {
    asked_tables_ = true;
    const NodeId index = tables_.index_of(arrival.from);
    if (index == kNoIndex || !relates(tracked, index)) return false;
    const IntervalSet indices = tables_.indices_to(arrival.from, to);
    return !indices.empty() && related(tracked, index, indices, values);
  }
  if (slicer_.graph().insns[arrival.from].flow != Flow::Branch ||
      (arrival.kind != EdgeKind::Taken && arrival.kind != EdgeKind::Next))
    return false;
  const Condition c = condition(arrival.from);
  if (c.node == kNoIndex) return false;
  Cond cond = arrival.kind == EdgeKind::Taken ? c.cond : negated(c.cond);
  if (c.is_test && cond == Cond::Eq) cond = Cond::BitsZero;
  if (c.is_test && cond == Cond::Ne) cond = Cond::BitsNonZero;
  const bool tests = cond == Cond::BitsZero || cond == Cond::BitsNonZero;
  if (c.is_test != tests) return false;
  if (!relates(tracked, c.node)) return false;
  return related(tracked, c.node,
                 tests ? with_bits(cond == Cond::BitsZero, c.constant, c.width) : satisfying(cond, c.constant, c.width),
                 values);
}

// What is added to the rest of the value.
int64_t Bounds::offset(NodeId id) const {
  const Node& node = slicer_.pool()[id];
  return node.kind == NodeKind::Sum && !node.place.valid() ? node.value : 0;
}

bool Bounds::relates(const Tracked& tracked, NodeId node) {
  const Tracked compared = track(node);
  if (compared.width < tracked.width) return false;
  if (tracked.core == compared.core) return true;
  const int64_t mine = offset(tracked.core), theirs = offset(compared.core);
  if (mine == 0 && theirs == 0) return false;
  NodePool& pool = slicer_.pool();
  return pool.sum(tracked.core, kNoIndex, 0, -mine) == pool.sum(compared.core, kNoIndex, 0, -theirs);
}

bool Bounds::related(const Tracked& tracked, NodeId node, IntervalSet allowed, IntervalSet& values) {
  if (!relates(tracked, node)) return false;
  const Tracked compared = track(node);
  if (compared.is_signed) allowed = unextended(allowed, compared.width);
  const uint64_t distance = static_cast<uint64_t>(offset(tracked.core)) - static_cast<uint64_t>(offset(compared.core));
  allowed = allowed.intersected({0, low_mask(compared.width)}).moved(distance, compared.width);
  const bool fits = compared.width == tracked.width || allowed.empty() || allowed.high() <= low_mask(tracked.width);
  if (fits) values = values.intersected(allowed);
  return fits;
}

Bounds::Condition Bounds::condition(uint32_t branch) {
  if (condition_of_.size() <= branch) condition_of_.resize(slicer_.graph().insns.size(), 0);
  if (condition_of_[branch] == 0) {
    const Condition found = find_condition(branch);
    conditions_.push_back(found);
    condition_of_[branch] = static_cast<uint32_t>(conditions_.size());
  }
  return conditions_[condition_of_[branch] - 1];
}

// The comparison that set the flags the branch reads: in the same instruction or straight before it.
Bounds::Condition Bounds::find_condition(uint32_t branch) {
  const FlowGraph& graph = slicer_.graph();
  const CodeView& view = slicer_.view();
  Condition condition;
  condition.cond = view.ops(view.insn(graph.insns[branch].insn)).back().cond;
  uint32_t insn = branch;
  for (unsigned distance = 0; distance < kMaxFlagsDistance; ++distance) {
    const std::span<const MicroOp> ops = view.ops(view.insn(graph.insns[insn].insn));
    for (unsigned i = static_cast<unsigned>(ops.size()); i-- > 0;) {
      switch (ops[i].op) {
        case Op::Compare:
        case Op::TestBits:
          if (ops[i].transient && insn != branch) break;
          if (!describe(insn, i, condition)) condition.node = kNoIndex;
          return condition;
        case Op::CompareMem:
          if (!describe(insn, i, condition)) condition.node = kNoIndex;
          return condition;
        case Op::FlagsLost:
        case Op::Unmodelled:
        case Op::Syscall:
          return condition;
        default:
          break;
      }
    }
    Arrival arrival;
    if (!slicer_.single_arrival(insn, arrival) || comes_from_call(arrival.kind)) break;
    insn = arrival.from;
  }
  return condition;
}

bool Bounds::describe(uint32_t insn, unsigned index, Condition& condition) {
  const CodeView& view = slicer_.view();
  const MicroOp op = view.ops(view.insn(slicer_.graph().insns[insn].insn))[index];
  NodePool& pool = slicer_.pool();
  condition.width = op.width;
  condition.is_test = op.op == Op::TestBits;
  if (op.op == Op::CompareMem) {
    const bool known = !view.second_is_relocated(slicer_.graph().place(insn), op);
    const NodeId value = known ? slicer_.loaded(insn, index) : kNoIndex;
    if (value == kNoIndex) return false;
    condition.node = pool.zext(value, op.width);
    condition.constant = static_cast<uint64_t>(op.imm2);
    return true;
  }
  const Operand operand = view.operand(slicer_.graph().place(insn), slicer_.graph().insns[insn].length, op);
  if (op.a == kNoReg || operand.kind != Operand::Kind::Number) return false;
  NodeId a = pool.zext(slicer_.at(insn, index, op.a), op.width);
  condition.node = a;
  condition.constant = static_cast<uint64_t>(op.imm);
  if (op.op == Op::TestBits || op.b == kNoReg) return true;
  const NodeId b = pool.zext(slicer_.at(insn, index, op.b), op.width);
  if (pool[b].is_constant()) {
    condition.constant = static_cast<uint64_t>(pool[b].value);
    return true;
  }
  if (!pool[a].is_constant()) return false;
  condition.node = b;
  condition.constant = static_cast<uint64_t>(pool[a].value);
  condition.cond = swapped(condition.cond);
  return true;
}

}  // namespace objhound::oracle
