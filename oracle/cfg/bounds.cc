#include "oracle/cfg/bounds.h"

#include <algorithm>

namespace objhound::oracle {
namespace {

// Bounds on one search: places where ways meet, parts of the value, rounds of the fixpoint.
constexpr size_t kMaxAnchors = 256;
constexpr unsigned kMaxRounds = 64;
constexpr size_t kMaxParts = 512;
constexpr unsigned kMaxNesting = 100;
constexpr unsigned kMaxFlagsDistance = 32;
// A set within this is taken to be what the jump was guarded for: no need to look further back.
constexpr uint64_t kSmall = 0xffff;

bool bounded(const IntervalSet& set) { return set.empty() || set.high() <= kSmall; }

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
IntervalSet below(uint64_t high_exclusive) { return high_exclusive == 0 ? IntervalSet() : IntervalSet(0, high_exclusive - 1); }

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

// Sign extensions of `width` bytes to 8, and back.
IntervalSet extended(const IntervalSet& low, unsigned width) {
  const uint64_t mask = low_mask(width), half = mask >> 1;
  return low.intersected({0, half}).united(low.intersected({half + 1, mask}).moved(~mask, 8));
}
IntervalSet unextended(const IntervalSet& wide, unsigned width) {
  const uint64_t mask = low_mask(width), half = mask >> 1;
  return wide.intersected({0, half}).united(wide.intersected({~half, ~uint64_t{0}}).moved(mask + 1, 8));
}

}  // namespace

// One search backwards for the values of what is tracked.
class Bounds::Walk {
 public:
  Walk(Bounds& bounds, const Tracked& tracked, unsigned depth)
      : bounds_(bounds), slicer_(bounds.slicer_), tracked_(tracked), depth_(depth), all_(0, low_mask(tracked.width)) {}

  IntervalSet from(const Point& point) {
    if (!collect_sites(tracked_.core, kMaxNesting)) return all_;
    anchors_.push_back({point.insn, {}, {}});
    if (point.arrival) {
      follow(0, *point.arrival);
    } else if (defined_before(point.insn)) {
      return at_definition(point.insn);
    } else {
      slicer_.for_arrivals(point.insn, [&](const Arrival& arrival) { follow(0, arrival); });
    }
    for (size_t i = 1; i < anchors_.size() && !gave_up_; ++i) {
      slicer_.for_arrivals(anchors_[i].insn, [&](const Arrival& arrival) { follow(i, arrival); });
    }
    return gave_up_ ? all_ : solve();
  }

 private:
  struct Input {
    uint32_t source;  // anchor; kNoIndex: from where the value is defined
    IntervalSet values;
  };
  struct Anchor {
    uint32_t insn;
    std::vector<Input> inputs;
    IntervalSet values;
  };

  // The instructions that give the value its parts; behind them it is another value.
  bool collect_sites(NodeId id, unsigned depth) {
    if (depth == 0 || parts_.size() >= kMaxParts) return false;
    if (std::find(parts_.begin(), parts_.end(), id) != parts_.end()) return true;
    parts_.push_back(id);
    const Node node = slicer_.pool()[id];
    switch (node.kind) {
      case NodeKind::Sum:
        for (unsigned i = 0; i < node.term_count; ++i) {
          if (!collect_sites(node.terms[i].node, depth - 1)) return false;
        }
        return true;
      case NodeKind::Opaque:
        sites_.push_back(node.a);
        return true;
      case NodeKind::Phi:
        sites_.push_back(node.a | kBefore);
        return true;
      case NodeKind::Load:
        if (node.b != kUnchanged) sites_.push_back(node.b);
        return collect_sites(node.a, depth - 1);
      case NodeKind::Select:
      case NodeKind::Merge:
        return collect_sites(node.a, depth - 1) && collect_sites(node.b, depth - 1);
      case NodeKind::Zext:
      case NodeKind::Sext:
      case NodeKind::And:
      case NodeKind::Shr:
      case NodeKind::Sar:
        return collect_sites(node.a, depth - 1);
      case NodeKind::Entry:
      case NodeKind::Symbol:
      case NodeKind::PageOf:
        return true;
    }
    return false;
  }
  bool site(uint32_t key) const { return std::find(sites_.begin(), sites_.end(), key) != sites_.end(); }
  bool defined_at(uint32_t insn) const { return site(insn); }
  bool defined_before(uint32_t insn) const { return site(insn | kBefore); }

  // What the value can be where it comes into being.
  IntervalSet at_definition(uint32_t insn) {
    const Node& core = slicer_.pool()[tracked_.core];
    const bool is_phi = core.kind == NodeKind::Phi && core.a == insn;
    return is_phi ? bounds_.at_phi(tracked_, depth_) : all_;
  }

  void follow(size_t anchor, Arrival arrival) {
    IntervalSet values = all_;
    uint32_t to = anchors_[anchor].insn;
    for (;;) {
      gave_up_ = gave_up_ || bounds_.steps_left_ == 0;
      if (gave_up_) return;
      --bounds_.steps_left_;
      if (arrival.from == kNoIndex) return input(anchor, kNoIndex, values);
      values = values.intersected(bounds_.filter(tracked_, arrival, to));
      const bool narrowed = bounded(values) && (values.empty() || values.high() < all_.high());
      if (narrowed || defined_at(arrival.from)) return input(anchor, kNoIndex, values);
      const uint32_t insn = arrival.from;
      if (defined_before(insn)) return input(anchor, kNoIndex, values.intersected(at_definition(insn)));
      if (!slicer_.single_arrival(insn, arrival)) return input(anchor, anchor_at(insn), values);
      to = insn;
    }
  }

  uint32_t anchor_at(uint32_t insn) {
    for (uint32_t i = 1; i < anchors_.size(); ++i) {
      if (anchors_[i].insn == insn) return i;
    }
    if (anchors_.size() >= kMaxAnchors) {
      gave_up_ = true;
      return 0;
    }
    anchors_.push_back({insn, {}, {}});
    return static_cast<uint32_t>(anchors_.size() - 1);
  }

  void input(size_t anchor, uint32_t source, const IntervalSet& values) {
    anchors_[anchor].inputs.push_back({source, values});
  }

  IntervalSet solve() {
    for (unsigned round = 0; round < kMaxRounds; ++round) {
      bool changed = false;
      for (size_t i = anchors_.size(); i-- > 0;) {
        IntervalSet values;
        for (const Input& in : anchors_[i].inputs) {
          values = values.united(in.source == kNoIndex ? in.values : in.values.intersected(anchors_[in.source].values));
        }
        changed = changed || !(values == anchors_[i].values);
        anchors_[i].values = values;
      }
      if (!changed) return anchors_[0].values;
    }
    return all_;
  }

  Bounds& bounds_;
  Slicer& slicer_;
  const Tracked tracked_;
  const unsigned depth_;
  const IntervalSet all_;
  std::vector<Anchor> anchors_;  // [0] is where the value is asked for
  std::vector<NodeId> parts_;     // of the tracked value's expression
  std::vector<uint32_t> sites_;   // where they are defined
  bool gave_up_ = false;
};

void Bounds::reset() {
  condition_of_.clear();
  conditions_.clear();
}

Bounds::Tracked Bounds::track(NodeId node) {
  const Node& n = slicer_.pool()[node];
  if (n.kind == NodeKind::Zext) return {n.a, n.width, false};
  if (n.kind == NodeKind::Sext) return {n.a, n.width, true};
  constexpr unsigned kHalf = 4;
  if (n.kind == NodeKind::Phi && always_fits(node, kHalf)) return {node, kHalf, false};
  return {node, 8, false};
}

// Whether all that meets in the phi has no more than `width` bytes.
bool Bounds::always_fits(NodeId phi, unsigned width) {
  constexpr size_t kMostValues = 32;
  std::vector<NodeId> values{phi};
  for (size_t i = 0; i < values.size(); ++i) {
    const auto incoming = slicer_.incoming(values[i]);
    if (incoming.empty()) {
      if (slicer_.pool().limit(values[i]) > low_mask(width)) return false;
      continue;
    }
    for (const auto& [arrival, value] : incoming) {
      const NodeId v = slicer_.resolve(value);
      if (std::find(values.begin(), values.end(), v) == values.end()) values.push_back(v);
    }
    if (values.size() > kMostValues) return false;
  }
  return true;
}

IntervalSet Bounds::of(NodeId node, const Point& point, unsigned depth) {
  const Tracked tracked = track(node);
  IntervalSet values = Walk(*this, tracked, depth).from(point);
  if (tracked.is_signed) values = extended(values, tracked.width);
  values = values.intersected({0, slicer_.pool().limit(node)});
  if (bounded(values) || depth == 0) return values;
  return values.intersected(by_shape(node, point, depth - 1));
}

// From the bounds of a node's parts.
IntervalSet Bounds::by_shape(NodeId id, const Point& point, unsigned depth) {
  const Node node = slicer_.pool()[id];
  const IntervalSet all = IntervalSet::everything();
  switch (node.kind) {
    case NodeKind::Shr: {
      const IntervalSet values = of(node.a, point, depth);
      return values.empty() ? values : IntervalSet(values.low() >> node.value, values.high() >> node.value);
    }
    case NodeKind::Sar: {
      const IntervalSet values = of(node.a, point, depth);
      const bool positive = !values.empty() && values.high() <= low_mask(8) >> 1;
      return positive ? IntervalSet(values.low() >> node.value, values.high() >> node.value) : all;
    }
    case NodeKind::Zext:
    case NodeKind::And: {
      const uint64_t mask = node.kind == NodeKind::Zext ? low_mask(node.width) : static_cast<uint64_t>(node.value);
      const IntervalSet values = of(node.a, point, depth);
      const bool keeps_low_bits = (mask & (mask + 1)) == 0;
      if (values.empty() || (keeps_low_bits && values.high() <= mask)) return values;
      return {0, std::min(mask, values.high())};
    }
    case NodeKind::Sum: {
      if (node.place.valid() || node.term_count != 1 || node.terms[0].factor <= 0) return all;
      const IntervalSet values = of(node.terms[0].node, point, depth);
      const uint64_t factor = static_cast<uint64_t>(node.terms[0].factor);
      if (values.empty()) return values;
      if (values.high() > kSmall || factor > kSmall) return all;
      return IntervalSet(values.low() * factor, values.high() * factor).moved(static_cast<uint64_t>(node.value), 8);
    }
    case NodeKind::Select:
      return of(node.a, point, depth).united(of(node.b, point, depth));
    default:
      return all;
  }
}

// The values that meet there, each with what is known on its way.
IntervalSet Bounds::at_phi(const Tracked& tracked, unsigned depth) {
  const IntervalSet all(0, low_mask(tracked.width));
  const auto incoming = slicer_.incoming(tracked.core);
  constexpr size_t kMostWays = 16;
  if (depth == 0 || incoming.empty() || incoming.size() > kMostWays) return all;
  const uint32_t insn = slicer_.pool()[tracked.core].a;
  const std::vector<std::pair<Arrival, NodeId>> ways(incoming.begin(), incoming.end());
  IntervalSet values;
  for (const auto& [arrival, value] : ways) {
    if (arrival.from == kNoIndex) return all;
    const NodeId low = slicer_.pool().zext(slicer_.resolve(value), tracked.width);
    values = values.united(of(low, {insn, arrival}, depth - 1));
    if (!values.empty() && !bounded(values)) return all;
  }
  return values;
}

IntervalSet Bounds::filter(const Tracked& tracked, const Arrival& arrival, uint32_t to) {
  const IntervalSet all(0, low_mask(tracked.width));
  if (arrival.kind == EdgeKind::Table) {
    NodeId index = kNoIndex;
    IntervalSet values;
    return tables_.index_at(arrival.from, to, index, values) ? related(tracked, index, values) : all;
  }
  const Insn& insn = slicer_.view().insn(slicer_.graph().insns[arrival.from].insn);
  if (insn.flow != Flow::Branch || (arrival.kind != EdgeKind::Taken && arrival.kind != EdgeKind::Next)) return all;
  const Condition c = condition(arrival.from);
  if (c.node == kNoIndex) return all;
  Cond cond = arrival.kind == EdgeKind::Taken ? c.cond : negated(c.cond);
  if (c.is_test && cond == Cond::Eq) cond = Cond::BitsZero;
  if (c.is_test && cond == Cond::Ne) cond = Cond::BitsNonZero;
  const bool tests = cond == Cond::BitsZero || cond == Cond::BitsNonZero;
  if (c.is_test != tests) return all;
  return related(tracked, c.node, tests ? with_bits(cond == Cond::BitsZero, c.constant, c.width)
                                        : satisfying(cond, c.constant, c.width));
}

IntervalSet Bounds::related(const Tracked& tracked, NodeId node, IntervalSet values) {
  const IntervalSet all(0, low_mask(tracked.width));
  const Tracked compared = track(node);
  NodePool& pool = slicer_.pool();
  auto offset = [&](NodeId id) { return pool[id].kind == NodeKind::Sum && !pool[id].place.valid() ? pool[id].value : int64_t{0}; };
  const int64_t mine = offset(tracked.core), theirs = offset(compared.core);
  if (tracked.core != compared.core &&
      pool.sum(tracked.core, kNoIndex, 0, -mine) != pool.sum(compared.core, kNoIndex, 0, -theirs)) {
    return all;
  }
  if (compared.is_signed) values = unextended(values, compared.width);
  const uint64_t distance = static_cast<uint64_t>(mine) - static_cast<uint64_t>(theirs);
  values = values.intersected({0, low_mask(compared.width)}).moved(distance, compared.width);
  if (compared.width < tracked.width) return all;
  if (compared.width == tracked.width) return values;
  return values.empty() || values.high() <= low_mask(tracked.width) ? values : all;
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
    if (!slicer_.single_arrival(insn, arrival) || arrival.kind == EdgeKind::CallReturn) break;
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
  const Operand operand = view.operand(slicer_.graph().place(insn), view.insn(slicer_.graph().insns[insn].insn).length, op);
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
