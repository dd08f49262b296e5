#include "oracle/cfg/symbolic.h"

#include <algorithm>

namespace objhound::oracle {
namespace {

uint64_t hash_of(const Node& node) {
  uint64_t h = static_cast<uint64_t>(node.kind) | uint64_t{node.width} << 8 | uint64_t{node.term_count} << 16;
  auto mix = [&](uint64_t value) {
    h = (h ^ value) * 0x9e3779b97f4a7c15;
    h ^= h >> 29;
  };
  mix(node.a | uint64_t{node.b} << 32);
  mix(static_cast<uint64_t>(node.value));
  mix(node.place.section ^ static_cast<uint64_t>(node.place.offset) << 20);
  for (unsigned i = 0; i < node.term_count; ++i)
    mix(node.terms[i].node ^ static_cast<uint64_t>(node.terms[i].factor) << 32);
  return h;
}

int64_t wrapping_add(int64_t a, int64_t b) {
  return static_cast<int64_t>(static_cast<uint64_t>(a) + static_cast<uint64_t>(b));
}
int64_t wrapping_mul(int64_t a, int64_t b) {
  return static_cast<int64_t>(static_cast<uint64_t>(a) * static_cast<uint64_t>(b));
}

// The low `width` bytes, as the signed number nearest to 0: one form for numbers that are equal at that width.
int64_t wrapped(int64_t value, unsigned width) {
  if (width >= 8) return value;
  const unsigned shift = 64 - 8 * width;
  return static_cast<int64_t>(static_cast<uint64_t>(value) << shift) >> shift;
}

// A sum under construction. Terms are in the order of their numbers.
struct SumBuilder {
  Node node;
  bool fits = true;

  void add(NodeId term, int64_t factor) {
    if (factor == 0) return;
    for (unsigned i = 0; i < node.term_count; ++i) {
      if (node.terms[i].node != term) continue;
      node.terms[i].factor = wrapping_add(node.terms[i].factor, factor);
      if (node.terms[i].factor != 0) return;
      for (unsigned j = i + 1; j < node.term_count; ++j) node.terms[j - 1] = node.terms[j];
      node.terms[--node.term_count] = {};
      return;
    }
    if (node.term_count == Node::kMaxTerms) {
      fits = false;
      return;
    }
    unsigned at = node.term_count++;
    for (; at > 0 && node.terms[at - 1].node > term; --at) node.terms[at] = node.terms[at - 1];
    node.terms[at] = {term, factor};
  }

  void add(const NodePool& pool, NodeId id, int64_t factor) {
    const Node& other = pool[id];
    if (other.kind != NodeKind::Sum) return add(id, factor);
    node.value = wrapping_add(node.value, wrapping_mul(other.value, factor));
    if (other.place.valid()) {
      if (factor == -1 && node.place.valid() && node.place.section == other.place.section) {
        node.value = wrapping_add(node.value, node.place.offset - other.place.offset);
        node.place = {};
      } else if (factor != 1 || node.place.valid()) {
        fits = false;
      } else {
        node.place = other.place;
      }
    }
    for (unsigned i = 0; i < other.term_count; ++i)
      add(other.terms[i].node, wrapping_mul(other.terms[i].factor, factor));
  }

  // The index in `terms` of the term of this kind, counted once; -1 if there is none.
  int find(const NodePool& pool, NodeKind kind) const {
    for (int i = 0; i < node.term_count; ++i) {
      const Term& term = node.terms[static_cast<size_t>(i)];
      if (term.factor == 1 && pool[term.node].kind == kind) return i;
    }
    return -1;
  }
  NodeId term(int index) const { return node.terms[static_cast<size_t>(index)].node; }

  // Ways to and from the global offset table that meet.
  void follow_ways(NodePool& pool) {
    if (const int way = find(pool, NodeKind::ToGot); way >= 0 && node.place.valid()) {
      const Node to = pool[term(way)];
      if (to.place.section != node.place.section) return;
      node.value = wrapping_add(node.value, wrapping_add(node.place.offset, wrapping_mul(to.place.offset, -1)));
      node.place = {};
      add(term(way), -1);
      add(pool.atom(NodeKind::Got, 0, 0), 1);
    }
    const int got = find(pool, NodeKind::Got);
    if (got < 0) return;
    const NodeId table = term(got);
    if (const int way = find(pool, NodeKind::FromGot); way >= 0 && !node.place.valid()) {
      const NodeId id = term(way);
      add(id, -1);
      add(table, -1);
      if (pool[id].place.valid()) {
        node.place = pool[id].place;
      } else {
        add(pool.atom(NodeKind::Symbol, pool[id].a, 0), 1);
      }
    } else if (const int slot = find(pool, NodeKind::GotSlot); slot >= 0 && pool[term(slot)].b == 0) {
      Node there = pool[term(slot)];
      add(term(slot), -1);
      add(table, -1);
      there.b = 1;
      add(pool.intern(there), 1);
    }
  }

  NodeId finish(NodePool& pool) {
    if (!fits) return kNoIndex;
    follow_ways(pool);
    if (node.place.valid()) {
      node.place.offset = wrapping_add(node.place.offset, node.value);
      node.value = 0;
    }
    const bool single = node.term_count == 1 && node.terms[0].factor == 1 && node.value == 0 && !node.place.valid();
    if (single) return node.terms[0].node;
    return pool.intern(node);
  }
};

}  // namespace

void NodePool::clear() {
  nodes_.clear();
  table_.assign(256, kNoIndex);
}

void NodePool::grow() {
  table_.assign(table_.size() * 2, kNoIndex);
  for (NodeId id = 0; id < nodes_.size(); ++id) {
    size_t at = hash_of(nodes_[id]) & (table_.size() - 1);
    while (table_[at] != kNoIndex) at = (at + 1) & (table_.size() - 1);
    table_[at] = id;
  }
}

NodeId NodePool::intern(const Node& node) {
  if (nodes_.size() * 2 >= table_.size()) grow();
  size_t at = hash_of(node) & (table_.size() - 1);
  for (; table_[at] != kNoIndex; at = (at + 1) & (table_.size() - 1)) {
    if (nodes_[table_[at]] == node) return table_[at];
  }
  table_[at] = static_cast<NodeId>(nodes_.size());
  nodes_.push_back(node);
  return table_[at];
}

NodeId NodePool::sum(NodeId x, NodeId y, int64_t factor, int64_t value) {
  SumBuilder builder;
  builder.node.value = value;
  builder.add(*this, x, 1);
  if (y != kNoIndex) builder.add(*this, y, factor);
  return builder.finish(*this);
}

// A node with the same low `width` bytes and no extension in it that those do not need; sums of extended values
// become extended sums.
NodeId NodePool::narrowed(NodeId x, unsigned width, unsigned depth) {
  if (depth == 0) return x;
  const Node node = nodes_[x];
  switch (node.kind) {
    case NodeKind::Zext:
    case NodeKind::Sext:
      return node.width >= width ? narrowed(node.a, width, depth - 1) : x;
    case NodeKind::Merge:
      return node.width >= width ? narrowed(node.b, width, depth - 1) : x;
    case NodeKind::And:
      return (static_cast<uint64_t>(node.value) & low_mask(width)) == low_mask(width)
                 ? narrowed(node.a, width, depth - 1)
                 : x;
    case NodeKind::Sum: {
      if (node.place.valid()) return x;
      SumBuilder builder;
      for (unsigned i = 0; i < node.term_count; ++i) {
        builder.add(*this, narrowed(node.terms[i].node, width, depth - 1), wrapped(node.terms[i].factor, width));
      }
      builder.node.value = wrapped(wrapping_add(builder.node.value, node.value), width);
      const NodeId result = builder.finish(*this);
      return result == kNoIndex ? x : result;
    }
    default:
      return x;
  }
}

NodeId NodePool::zext(NodeId x, unsigned width) {
  if (width >= 8 || limit(x) <= low_mask(width)) return x;
  if (nodes_[x].is_constant())
    return constant(static_cast<int64_t>(static_cast<uint64_t>(nodes_[x].value) & low_mask(width)));
  // An address that is computed in fewer bytes than it has: the code model says that it fits.
  if (nodes_[x].kind == NodeKind::Sum && nodes_[x].place.valid()) return x;
  x = narrowed(x, width);
  if (limit(x) <= low_mask(width)) return x;
  if (nodes_[x].is_constant())
    return constant(static_cast<int64_t>(static_cast<uint64_t>(nodes_[x].value) & low_mask(width)));
  return atom(NodeKind::Zext, x, 0, static_cast<uint8_t>(width));
}

NodeId NodePool::sext(NodeId x, unsigned width) {
  if (width >= 8 || limit(x) <= low_mask(width) >> 1) return x;
  if (nodes_[x].is_constant()) return constant(wrapped(nodes_[x].value, width));
  if (nodes_[x].kind == NodeKind::Sum && nodes_[x].place.valid()) return x;
  x = narrowed(x, width);
  if (limit(x) <= low_mask(width) >> 1) return x;
  if (nodes_[x].is_constant()) return constant(wrapped(nodes_[x].value, width));
  if (nodes_[x].kind == NodeKind::Sext && nodes_[x].width <= width) return x;
  return atom(NodeKind::Sext, x, 0, static_cast<uint8_t>(width));
}

NodeId NodePool::mask(NodeId x, uint64_t mask) {
  for (unsigned width : {1u, 2u, 4u, 8u}) {
    if (mask == low_mask(width)) return zext(x, width);
  }
  if (nodes_[x].is_constant()) return constant(static_cast<int64_t>(static_cast<uint64_t>(nodes_[x].value) & mask));
  // Masks of masks, and extensions that the mask makes needless.
  const unsigned bytes = mask == 0 ? 1 : (64 - static_cast<unsigned>(__builtin_clzll(mask)) + 7) / 8;
  if (bytes <= 4) x = narrowed(x, bytes <= 2 ? bytes : 4);
  if (nodes_[x].kind == NodeKind::And) return this->mask(nodes_[x].a, mask & static_cast<uint64_t>(nodes_[x].value));
  return intern({.kind = NodeKind::And, .a = x, .value = static_cast<int64_t>(mask), .place = {}});
}

NodeId NodePool::shift_right(NodeId x, unsigned count) {
  if (count == 0) return x;
  if (nodes_[x].is_constant()) return constant(static_cast<int64_t>(static_cast<uint64_t>(nodes_[x].value) >> count));
  if (nodes_[x].kind == NodeKind::Shr && nodes_[x].value + count < 64) {
    return intern({.kind = NodeKind::Shr, .a = nodes_[x].a, .value = nodes_[x].value + count, .place = {}});
  }
  return intern({.kind = NodeKind::Shr, .a = x, .value = count, .place = {}});
}

NodeId NodePool::shift_right_signed(NodeId x, unsigned count) {
  if (limit(x) <= low_mask(8) >> 1) return shift_right(x, count);
  if (nodes_[x].is_constant()) return constant(nodes_[x].value >> count);
  return intern({.kind = NodeKind::Sar, .a = x, .value = count, .place = {}});
}

NodeId NodePool::terms_over(NodeId id, int64_t divisor) {
  const Node node = nodes_[id];
  if (divisor <= 0) return kNoIndex;
  SumBuilder builder;
  for (unsigned i = 0; i < node.term_count; ++i) {
    if (node.terms[i].factor % divisor != 0) return kNoIndex;
    builder.add(node.terms[i].node, node.terms[i].factor / divisor);
  }
  return builder.finish(*this);
}

uint64_t NodePool::limit(NodeId id, unsigned depth) const {
  constexpr uint64_t kAll = ~uint64_t{0};
  if (depth == 0) return kAll;
  const Node& node = nodes_[id];
  switch (node.kind) {
    case NodeKind::Sum: {
      if (node.place.valid() || node.value < 0) return kAll;
      unsigned __int128 total = static_cast<uint64_t>(node.value);
      for (unsigned i = 0; i < node.term_count; ++i) {
        if (node.terms[i].factor < 0) return kAll;
        total += static_cast<unsigned __int128>(limit(node.terms[i].node, depth - 1)) *
                 static_cast<uint64_t>(node.terms[i].factor);
        if (total > kAll) return kAll;
      }
      return static_cast<uint64_t>(total);
    }
    case NodeKind::Zext:
      return std::min(low_mask(node.width), limit(node.a, depth - 1));
    case NodeKind::Load:
      return low_mask(node.width);
    case NodeKind::And:
      return std::min(static_cast<uint64_t>(node.value), limit(node.a, depth - 1));
    case NodeKind::Shr:
      return limit(node.a, depth - 1) >> node.value;
    case NodeKind::Select:
      return std::max(limit(node.a, depth - 1), limit(node.b, depth - 1));
    default:
      return kAll;
  }
}

}  // namespace objhound::oracle
