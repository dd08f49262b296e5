// The form of a table: whether what a jump goes to is an entry of one, and of which.

#include "oracle/cfg/jump_table.h"

#include <algorithm>
#include <cstdlib>
#include <numeric>

namespace objhound::oracle {

std::optional<JumpResolver::Shape> JumpResolver::match(NodeId target) {
  const Node node = slicer_.pool()[target];
  Shape shape;
  if (node.kind == NodeKind::Load) {
    if ((node.width != 8 && node.width != 4) || !match_entry(target, shape)) return std::nullopt;
    return shape;
  }
  if (node.kind != NodeKind::Sum || node.term_count != 1) return std::nullopt;
  shape.base = place_of(node);
  shape.factor = node.terms[0].factor;
  shape.has_base = true;
  const bool possible = shape.base.valid() && shape.factor > 0 && shape.factor <= 8;
  if (!possible || !match_entry(node.terms[0].node, shape)) return std::nullopt;
  return shape;
}

// extend(memory[...])
bool JumpResolver::match_entry(NodeId entry, Shape& shape) {
  Node node = slicer_.pool()[entry];
  if (node.kind == NodeKind::Sext) {
    entry = node.a;
    const Node load = slicer_.pool()[entry];
    if (load.kind != NodeKind::Load || load.width != node.width) return false;
    shape.is_signed = true;
    node = load;
  }
  if (node.kind != NodeKind::Load) return false;
  shape.named = slicer_.named_place(entry);
  shape.width = node.width;
  return match_address(node.a, shape);
}

// table + stride * index
bool JumpResolver::match_address(NodeId address, Shape& shape) {
  NodePool& pool = slicer_.pool();
  const Node node = pool[address];
  if (node.kind != NodeKind::Sum) return false;
  shape.table = place_of(node);
  const bool base_in_data = shape.has_base && !view_.sections()[shape.base.section].executable;
  if (!view_.relocatable() && base_in_data && shape.table.section != shape.base.section) {
    // With a low bound subtracted, the address may be one of the section before.
    constexpr int64_t kFarthest = 1 << 20;
    const int64_t distance = node.value - static_cast<int64_t>(view_.address_of(shape.base));
    if (distance > -kFarthest && distance < 0) shape.table = {shape.base.section, shape.base.offset + distance};
  }
  if (!shape.table.valid()) return false;
  if (node.term_count == 0) {
    // One entry, as far as is known yet: in a loop that is entered with a constant, say, whose end is still to be
    // found.
    shape.stride = shape.width;
    return shape.has_base;
  }
  int64_t stride = 0;
  for (unsigned i = 0; i < node.term_count; ++i) {
    if (pool[node.terms[i].node].kind == NodeKind::Symbol) return false;
    stride = std::gcd(stride, node.terms[i].factor);
  }
  constexpr int64_t kMaxStride = 4096, kMaxOffset = int64_t{1} << 40;
  if (stride > kMaxStride || std::abs(shape.table.offset) > kMaxOffset) return false;
  shape.stride = stride;
  shape.index = pool.terms_over(address, stride);
  if (shape.index == kNoIndex || stride <= 0) return false;
  if (stride % shape.width == 0) return true;
  // The index was scaled before it was cut: by a mask without its low bits, or in a narrower sum.
  if (shape.width % stride != 0) return false;
  shape.step = static_cast<uint64_t>(shape.width / stride);
  const Node index = pool[shape.index];
  const int64_t step = static_cast<int64_t>(shape.step);
  if (index.kind == NodeKind::And) return index.value % step == 0;
  if (index.kind != NodeKind::Zext || pool[index.a].kind != NodeKind::Sum) return false;
  const Node scaled = pool[index.a];
  bool multiple = scaled.value % step == 0;
  for (unsigned i = 0; i < scaled.term_count; ++i) multiple = multiple && scaled.terms[i].factor % step == 0;
  return multiple;
}

NodeId JumpResolver::substitute(NodeId id, NodeId from, NodeId to) {
  if (id == from) return to;
  NodePool& pool = slicer_.pool();
  const Node node = pool[id];
  switch (node.kind) {
    case NodeKind::Sum: {
      NodeId sum = node.place.valid() ? pool.address(node.place) : pool.constant(node.value);
      for (unsigned i = 0; i < node.term_count && sum != kNoIndex; ++i) {
        sum = pool.sum(sum, substitute(node.terms[i].node, from, to), node.terms[i].factor, 0);
      }
      return sum == kNoIndex ? id : sum;
    }
    case NodeKind::Sext:
      return pool.sext(substitute(node.a, from, to), node.width);
    case NodeKind::Load: {
      const NodeId address = substitute(node.a, from, to);
      if (const Node slot = pool[address]; slot.kind == NodeKind::GotSlot && slot.b == 1)
        return slot.place.valid() ? pool.address(slot.place) : pool.atom(NodeKind::Symbol, slot.a, 0);
      return pool.atom(NodeKind::Load, address, node.b, node.width);
    }
    default:
      return id;
  }
}

// Whether with_spilled_bases() can make one place or one symbol of it. A load stays one: only a slot of the global
// offset table, which relocations tell of, is more.
bool JumpResolver::may_be_respelled(NodeId target) {
  const NodeKind kind = slicer_.pool()[target].kind;
  return kind == NodeKind::Sum || kind == NodeKind::Sext || (kind == NodeKind::Load && view_.relocatable());
}

void JumpResolver::index_tables() {
  indexed_.clear();
  if (!known_) return;
  for (const Resolution& resolution : *known_) {
    if (resolution.tables.size() == 1)
      indexed_.push_back({resolution.tables[0].jump, &resolution.tables[0], resolution.certain_table()});
  }
  std::ranges::sort(indexed_, {}, &IndexedTable::jump);
}

JumpResolver::IndexedTable* JumpResolver::indexed_table(uint32_t jump) {
  const auto found = std::ranges::lower_bound(indexed_, jump, {}, &IndexedTable::jump);
  if (found == indexed_.end() || found->jump != jump) return nullptr;
  if (found->looked_at) return &*found;
  const NodeId target = slicer_.target(jump);
  const std::optional<Shape> shape = target == kNoIndex ? std::nullopt : match(target);
  found->looked_at = !slicer_.exhausted();
  if (!shape || shape->index == kNoIndex) return &*found;
  const int64_t from_start = found->table->table.offset - shape->table.offset;
  if (shape->table.section != found->table->table.section || from_start % shape->stride != 0) return &*found;
  found->index = shape->index;
  found->first = static_cast<uint64_t>(from_start / shape->stride);
  found->step = shape->step;
  return &*found;
}

// A jump that went through the only table it has to one place says that its index was that of an entry for it.
NodeId JumpResolver::index_of(uint32_t jump) {
  const IndexedTable* table = indexed_table(jump);
  return table ? table->index : kNoIndex;
}

IntervalSet JumpResolver::indices_to(uint32_t jump, uint32_t to) {
  IntervalSet values;
  const IndexedTable* indexed = indexed_table(jump);
  if (indexed == nullptr) return values;
  uint64_t value = indexed->first;
  const Place place = graph_.place(to);
  for (const Place& entry : indexed->table->targets) {
    if (entry == place) values = values.united({value, value});
    value += indexed->step;
  }
  return values;
}

}  // namespace objhound::oracle
