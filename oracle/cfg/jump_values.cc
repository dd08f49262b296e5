// The values that the target of a jump can have, and the parts of it: what is in a stack slot that registers are
// spilled to, and what meets where several ways do.
//
// A jump that nothing guards (JumpTable::exact is false) is one of a switch whose default the program calls
// unreachable. Its table has entries for values without a case all the same, and these lead to whatever code is at
// hand: Clang writes an empty block, whose label is that of the next one. Where that is in a loop with a table of its
// own, the register that has the address of that table has anything on the way from such an entry. Then one of two
// things holds. Either it has the address of another table: the jump is taken to go by either. Or it has no table's,
// and the jump would go nowhere: this way is none that the program has. Which entries are of that kind is not known, so
// the edges from them stay, and the resolution is approximate: only if no rule is broken, whichever edges are real, is
// the function proved. A way that comes by anything but such an entry is never excused.

#include <algorithm>

#include "oracle/cfg/jump_table.h"
#include "oracle/cfg/sort_once.h"

namespace objhound::oracle {

// Where jumps were merged, or a label is chosen before it is gone to, several values meet in the target.
std::vector<JumpResolver::Choice> JumpResolver::choices(uint32_t jump, NodeId target, Ways ways) {
  constexpr size_t kMostValues = 256;
  std::vector<Choice> found{{target, {jump, std::nullopt}}};
  std::vector<NodeId> seen{target};
  for (size_t i = 0; i < found.size();) {
    if (seen.size() > kMostValues || slicer_.exhausted()) return {{target, {jump, std::nullopt}}};
    const Choice choice = found[i];
    const Node node = slicer_.pool()[choice.value];
    std::vector<std::pair<Arrival, NodeId>> incoming;
    NodeId spilled = kNoIndex;
    if (node.kind == NodeKind::Load) {
      incoming = slicer_.incoming_loads(choice.value);
      if (incoming.empty()) spilled = slicer_.spilled(choice.value);
    } else if (const auto phi = slicer_.incoming(choice.value); !phi.empty()) {
      incoming.assign(phi.begin(), phi.end());
    }
    if (node.kind != NodeKind::Select && incoming.empty() && spilled == kNoIndex) {
      ++i;
      continue;
    }
    found.erase(found.begin() + static_cast<ptrdiff_t>(i));
    auto add = [&](NodeId value, const Bounds::Point& point) {
      value = slicer_.resolve(value);
      if (std::find(seen.begin(), seen.end(), value) != seen.end()) return;
      seen.push_back(value);
      found.push_back({value, point});
    };
    const uint32_t meeting = node.kind == NodeKind::Load ? node.b & ~kBefore : node.a;
    if (ways == Ways::Meant) drop_unmeant(incoming);
    for (const auto& [arrival, value] : incoming) add(value, {meeting, arrival});
    if (spilled != kNoIndex) add(spilled, choice.point);
    if (node.kind == NodeKind::Select) {
      add(node.a, choice.point);
      add(node.b, choice.point);
    }
  }
  return found;
}

// Whether nothing guards the jump, so that its table may have entries for what cannot happen.
bool JumpResolver::unguarded(uint32_t jump) const {
  const auto found = std::ranges::lower_bound(indexed_, jump, {}, &IndexedTable::jump);
  return found != indexed_.end() && found->jump == jump && found->certain && !found->table->exact;
}

// Whether control may never come this way: straight from an entry of an unguarded jump's table, or over the padding in
// front of an aligned place that only such entries lead to.
bool JumpResolver::unmeant(const Arrival& way, unsigned depth) const {
  if (way.kind == EdgeKind::Table) return unguarded(way.from);
  if (way.kind != EdgeKind::Next || depth == 0 || !view_.insn(graph_.insns[way.from].insn).nop) return false;
  bool any = false, all = true;
  slicer_.for_arrivals(way.from, [&](const Arrival& to_padding) {
    any = true;
    all = all && to_padding.from != kNoIndex && unmeant(to_padding, depth - 1);
  });
  return any && all;
}

// Leaves such ways out; where there are no others, they stay.
void JumpResolver::drop_unmeant(std::vector<std::pair<Arrival, NodeId>>& incoming) const {
  constexpr unsigned kMostNops = 4;
  const auto drop = [&](const std::pair<Arrival, NodeId>& way) {
    return way.first.from != kNoIndex && unmeant(way.first, kMostNops);
  };
  if (!std::ranges::all_of(incoming, drop)) std::erase_if(incoming, drop);
}

// What a value can be when spills are looked through: what every store to a load's slot stores, and what all ways bring
// to a place where several meet. Nothing if that is too much.
std::vector<NodeId> JumpResolver::sources(NodeId value, Ways ways) {
  constexpr size_t kMostParts = 256;
  std::vector<NodeId> parts{value}, found;
  for (size_t i = 0; i < parts.size(); ++i) {
    if (parts.size() > kMostParts) return {};
    auto add = [&](NodeId part) {
      part = slicer_.resolve(part);
      if (std::find(parts.begin(), parts.end(), part) == parts.end()) parts.push_back(part);
    };
    const NodeId part = parts[i];
    const NodeId stored = slicer_.spilled(part);
    const std::span<const std::pair<Arrival, NodeId>> met = slicer_.incoming(part);
    if (stored != kNoIndex) {
      add(stored);
    } else if (!met.empty()) {
      std::vector<std::pair<Arrival, NodeId>> incoming(met.begin(), met.end());
      if (ways == Ways::Meant) drop_unmeant(incoming);
      for (const auto& [arrival, way] : incoming) add(way);
    } else {
      found.push_back(part);
    }
  }
  return found;
}

// What a value is when spills are looked through; kNoIndex if that is not one value.
NodeId JumpResolver::settled(NodeId value) {
  const std::vector<NodeId> found = sources(value, Ways::All);
  return found.size() == 1 ? found.front() : kNoIndex;
}

// What was spilled to the stack (a table's address, an entry that was read before a loop) is found again when every
// store to its slot stores the same. What is found may have been made of what was spilled before.
NodeId JumpResolver::with_spilled_bases(NodeId target) {
  constexpr int kMostRounds = 4;
  for (int round = 0; round < kMostRounds; ++round) {
    const NodeId found = with_last_spilled_bases(target);
    if (found == target) break;
    target = found;
  }
  return target;
}

// The parts of a target that may be reloads, or meet from several ways.
std::vector<NodeId> JumpResolver::parts_to_settle(NodeId target) {
  const NodePool& pool = slicer_.pool();
  std::vector<NodeId> sums{target}, slots;
  for (size_t i = 0; i < sums.size() && i < 8; ++i) {
    const Node node = pool[sums[i]];
    const unsigned terms = node.kind == NodeKind::Sum ? node.term_count : 0;
    if (node.kind == NodeKind::Load || node.kind == NodeKind::Sext) sums.push_back(node.a);
    for (unsigned k = 0; k < terms; ++k) {
      const Node& term = pool[node.terms[k].node];
      const bool reload = (term.kind == NodeKind::Load && term.width == 8) || term.kind == NodeKind::Phi;
      if (reload) slots.push_back(node.terms[k].node);
      sums.push_back(node.terms[k].node);
    }
  }
  sort_once(slots);
  return slots;
}

NodeId JumpResolver::with_last_spilled_bases(NodeId target) {
  NodePool& pool = slicer_.pool();
  for (NodeId slot : parts_to_settle(target)) {
    const NodeId value = settled(slot);
    if (value == kNoIndex || value == slot) continue;
    const Node& found = pool[value];
    if (found.kind == NodeKind::PageOf) {
      // The low part of an address, and so all of it, was added to the page behind the reload.
      target = substitute(target, slot, pool.constant(0));
    } else {
      target = substitute(target, slot, value);
    }
  }
  return target;
}

// The same target by each of the tables whose address the register for it may have.
std::optional<Resolution> JumpResolver::resolve_bases(uint32_t jump, const Choice& choice) {
  const NodeId target = with_spilled_bases(choice.value);
  const auto names_place = [&](NodeId node) {
    return slicer_.pool()[node].term_count == 0 && place_of(slicer_.pool()[node]).valid();
  };
  NodeId base = kNoIndex;
  std::vector<NodeId> tables;  // those that it has for certain first
  for (NodeId part : parts_to_settle(target)) {
    std::vector<NodeId> found = sources(part, Ways::Meant);
    if (found.empty() || !std::ranges::all_of(found, names_place)) continue;
    if (base != kNoIndex) return std::nullopt;
    base = part;
    tables = std::move(found);
  }
  if (base == kNoIndex) return std::nullopt;
  const size_t meant = tables.size();
  for (NodeId other : sources(base, Ways::All)) {
    if (names_place(other) && std::ranges::find(tables, other) == tables.end()) tables.push_back(other);
  }
  std::optional<Resolution> resolution;
  for (size_t i = 0; i < tables.size(); ++i) {
    const std::optional<Shape> shape = match(substitute(target, base, tables[i]));
    std::optional<Resolution> one = shape ? read_table(jump, *shape, choice.point) : std::nullopt;
    if (!one) return std::nullopt;
    if (i < meant && !one->approximate) one->certain = one->targets;
    resolution ? merge(*resolution, *one) : void(resolution = one);
  }
  resolution->approximate = true;
  return resolution;
}

// By the ways that the program has for certain, and by others as far as they lead somewhere.
std::optional<Resolution> JumpResolver::resolve_meant(uint32_t jump, NodeId target) {
  std::optional<Resolution> resolution;
  bool certain = true;
  const auto add = [&](const Choice& choice) {
    std::optional<Resolution> one = resolve_choice(jump, choice);
    if (!one) one = resolve_bases(jump, choice);
    if (!one || one->leaves()) return false;
    if (!one->approximate) one->certain = one->targets;
    if (!certain) one->certain.clear();
    resolution ? merge(*resolution, *one) : void(resolution = one);
    return true;
  };
  const std::vector<Choice> meant = choices(jump, target, Ways::Meant);
  if (!std::ranges::all_of(meant, add)) return std::nullopt;
  certain = false;
  for (const Choice& other : choices(jump, target, Ways::All)) {
    if (std::ranges::find(meant, other.value, &Choice::value) == meant.end()) add(other);
  }
  if (resolution) resolution->approximate = true;
  return resolution;
}

}  // namespace objhound::oracle
