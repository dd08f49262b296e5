#include "oracle/cfg/bounds.h"

#include <algorithm>

namespace objhound::oracle {
namespace {

// Bounds on one search: places where ways meet, parts of the value, rounds of the fixpoint.
constexpr size_t kMaxAnchors = 256;
constexpr unsigned kMaxRounds = 64;
constexpr size_t kMaxParts = 512;
constexpr unsigned kMaxNesting = 100;
// A set within this is taken to be what the jump was guarded for: no need to look further back.
constexpr uint64_t kSmall = 0xffff;

bool bounded(const IntervalSet& set) { return set.empty() || set.high() <= kSmall; }

// Sign extensions of `width` bytes to 8.
IntervalSet extended(const IntervalSet& low, unsigned width) {
  const uint64_t mask = low_mask(width), half = mask >> 1;
  return low.intersected({0, half}).united(low.intersected({half + 1, mask}).moved(~mask, 8));
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
      case NodeKind::Got:
      case NodeKind::ToGot:
      case NodeKind::FromGot:
      case NodeKind::GotSlot:
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
      const bool filtered = bounds_.filter(tracked_, arrival, to, values);
      const bool narrowed = filtered && bounded(values) && (values.empty() || values.high() < all_.high());
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
  std::vector<NodeId> parts_;    // of the tracked value's expression
  std::vector<uint32_t> sites_;  // where they are defined
  bool gave_up_ = false;
};

void Bounds::reset() {
  condition_of_.clear();
  conditions_.clear();
  known_.clear();
}

// A jump is asked for again when the graph has grown, which changes its answer only if the slicer's values are stale.
IntervalSet Bounds::of(NodeId node, const Point& point) {
  const Arrival arrival = point.arrival.value_or(Arrival{point.insn, EdgeKind::Next});
  const auto [known, is_new] = known_.try_emplace({node, point.insn, arrival.from, arrival.kind});
  if (!is_new) return known->second;
  asked_tables_ = false;
  const IntervalSet values = of(node, point, kMaxDepth);
  known->second = values;
  if (asked_tables_ || steps_left_ == 0) known_.erase(known);
  return values;
}

Bounds::Tracked Bounds::track(NodeId node) {
  const Node& n = slicer_.pool()[node];
  if (n.kind == NodeKind::Zext) return {n.a, n.width, false};
  if (n.kind == NodeKind::Sext) return {n.a, n.width, true};
  constexpr unsigned kHalf = 4;
  const bool fits = n.kind == NodeKind::Phi ? always_fits(node, kHalf) : slicer_.pool().limit(node) <= low_mask(kHalf);
  return {node, fits ? kHalf : 8, false};
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

}  // namespace objhound::oracle
