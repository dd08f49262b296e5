#include "oracle/cfg/jump_table.h"

#include <algorithm>
#include <numeric>

namespace objhound::oracle {
namespace {

// No compiler makes larger tables; a bound on hostile files.
constexpr uint64_t kMaxEntries = 65'536;
constexpr uint64_t kSlicerSteps = 300'000;
constexpr uint64_t kBoundsSteps = 200'000;
constexpr uint64_t kCalleeSteps = 2'000;
constexpr unsigned kMaxDepth = 8;
constexpr unsigned kMaxVisits = 256;

int64_t extended(uint64_t raw, unsigned width, bool is_signed) {
  if (width >= 8 || !is_signed) return static_cast<int64_t>(raw);
  const unsigned shift = 64 - 8 * width;
  return static_cast<int64_t>(raw << shift) >> shift;
}

// The smallest and largest index as signed numbers, if there are not too many between them.
struct IndexRange {
  bool bounded = false;
  int64_t low = 0;
  int64_t high = 0;
};

IndexRange index_range(const IntervalSet& values) {
  IndexRange range;
  if (values.empty()) return range;
  constexpr uint64_t kSign = uint64_t{1} << 63;
  const IntervalSet positive = values.intersected({0, kSign - 1}), negative = values.intersected({kSign, ~uint64_t{0}});
  range.low = static_cast<int64_t>(negative.empty() ? positive.low() : negative.low());
  range.high = static_cast<int64_t>(positive.empty() ? negative.high() : positive.high());
  range.bounded = static_cast<uint64_t>(range.high) - static_cast<uint64_t>(range.low) < kMaxEntries;
  return range;
}

void sort_targets(std::vector<Resolution::Target>& targets) {
  std::sort(targets.begin(), targets.end());
  targets.erase(std::unique(targets.begin(), targets.end()), targets.end());
}

}  // namespace

void JumpResolver::reset(const std::vector<Resolution>* known) {
  slicer_.reset();
  bounds_.reset();
  known_ = known;
}

Place JumpResolver::place_of(const Node& sum) const {
  if (sum.kind != NodeKind::Sum) return {};
  if (sum.place.valid() || view_.relocatable()) return sum.place;
  return view_.place_of_address(static_cast<uint64_t>(sum.value));
}

Resolution JumpResolver::resolve(uint32_t jump, bool doubtful) {
  slicer_.set_budget(kSlicerSteps);
  bounds_.set_budget(kBoundsSteps);
  const NodeId target = slicer_.target(jump);
  if (target == kNoIndex || slicer_.exhausted()) return doubtful ? all_labels(jump) : Resolution();
  std::optional<Resolution> resolution;
  for (const Choice& choice : choices(jump, target)) {
    const std::optional<Resolution> one = resolve_choice(jump, choice);
    const bool combines = one && (!resolution || (one->kind != Resolution::Kind::TailCall &&
                                                  resolution->kind != Resolution::Kind::TailCall));
    if (!combines) {
      resolution.reset();
      break;
    }
    resolution ? merge(*resolution, *one) : void(resolution = one);
  }
  if (resolution) return doubtful || !resolution->approximate ? *resolution : Resolution();
  if (!doubtful) return {};

  const bool argument = slicer_.pool()[target].kind == NodeKind::Entry;
  if (!argument) {
    if (Resolution labels = all_labels(jump); labels.kind == Resolution::Kind::Labels) return labels;
  }
  Resolution unknown;
  visits_left_ = kMaxVisits;
  if (plausible_call(jump, target, kMaxDepth)) unknown.kind = Resolution::Kind::TailCallIndirect;
  return unknown;
}

// Where jumps were merged, or a label is chosen before it is gone to, several values meet in the target.
std::vector<JumpResolver::Choice> JumpResolver::choices(uint32_t jump, NodeId target) {
  constexpr size_t kMostChoices = 64;
  std::vector<Choice> found{{target, {jump, std::nullopt}}};
  std::vector<NodeId> seen{target};
  for (size_t i = 0; i < found.size() && found.size() <= kMostChoices;) {
    const Choice choice = found[i];
    const Node node = slicer_.pool()[choice.value];
    std::vector<std::pair<Arrival, NodeId>> incoming;
    if (node.kind == NodeKind::Load) {
      incoming = slicer_.incoming_loads(choice.value);
    } else if (const auto phi = slicer_.incoming(choice.value); !phi.empty()) {
      incoming.assign(phi.begin(), phi.end());
    }
    if (node.kind != NodeKind::Select && incoming.empty()) {
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
    for (const auto& [arrival, value] : incoming) add(value, {meeting, arrival});
    if (node.kind == NodeKind::Select) {
      add(node.a, choice.point);
      add(node.b, choice.point);
    }
  }
  return found;
}

std::optional<Resolution> JumpResolver::resolve_choice(uint32_t jump, const Choice& choice) {
  if (auto known = known_target(jump, choice.value)) return known;
  if (const std::optional<Shape> shape = match(choice.value)) return read_table(jump, *shape, choice.point);
  const NodeId respelled = with_spilled_bases(choice.value);
  if (const std::optional<Shape> shape = match(respelled)) return read_table(jump, *shape, choice.point);
  return std::nullopt;
}

void JumpResolver::merge(Resolution& into, const Resolution& from) {
  if (from.kind == Resolution::Kind::Table) into.kind = from.kind;
  into.approximate = into.approximate || from.approximate;
  into.bases.insert(into.bases.end(), from.bases.begin(), from.bases.end());
  into.targets.insert(into.targets.end(), from.targets.begin(), from.targets.end());
  sort_targets(into.targets);
  for (const JumpTable& table : from.tables) {
    auto same = std::find_if(into.tables.begin(), into.tables.end(), [&](const JumpTable& t) { return t.table == table.table; });
    if (same == into.tables.end()) {
      into.tables.push_back(table);
    } else if (same->entries < table.entries) {
      *same = table;
    }
  }
}

std::optional<Callee> JumpResolver::callee(uint32_t call) {
  slicer_.set_budget(kCalleeSteps);
  const NodeId target = slicer_.target(call);
  if (target == kNoIndex) return std::nullopt;
  const Node& node = slicer_.pool()[target];
  if (node.kind == NodeKind::Symbol) return Callee{.symbol = node.a, .place = {}};
  if (node.kind == NodeKind::Sum && node.term_count == 0) return callee_at(place_of(node));
  return std::nullopt;
}

std::optional<Callee> JumpResolver::callee_at(Place place) const {
  if (!view_.is_code(place)) return std::nullopt;
  Callee callee;
  callee.function = view_.function_starting_at(place);
  if (callee.function == kNoIndex) callee.place = place;
  return callee;
}

// --- The form of a table ---------------------------------------------------------------------------------------------

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
    // One entry, as far as is known yet: in a loop that is entered with a constant, say, whose end is still to be found.
    shape.stride = shape.width;
    return shape.has_base;
  }
  int64_t stride = 0;
  for (unsigned i = 0; i < node.term_count; ++i) {
    if (pool[node.terms[i].node].kind == NodeKind::Symbol) return false;
    stride = std::gcd(stride, node.terms[i].factor);
  }
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
      return pool.atom(NodeKind::Load, address, node.b, node.width);
    }
    default:
      return id;
  }
}

// A table's address that was spilled to the stack is found again when every store to its slot stores the same.
NodeId JumpResolver::with_spilled_bases(NodeId target) {
  NodePool& pool = slicer_.pool();
  std::vector<NodeId> sums{target}, slots;
  for (size_t i = 0; i < sums.size() && i < 8; ++i) {
    const Node node = pool[sums[i]];
    const unsigned terms = node.kind == NodeKind::Sum ? node.term_count : 0;
    if (node.kind == NodeKind::Load || node.kind == NodeKind::Sext) sums.push_back(node.a);
    for (unsigned k = 0; k < terms; ++k) {
      const Node& term = pool[node.terms[k].node];
      if (term.kind == NodeKind::Load && term.width == 8) slots.push_back(node.terms[k].node);
      sums.push_back(node.terms[k].node);
    }
  }
  std::sort(slots.begin(), slots.end());
  slots.erase(std::unique(slots.begin(), slots.end()), slots.end());
  for (NodeId slot : slots) {
    const NodeId value = slicer_.spilled(slot);
    if (value == kNoIndex) continue;
    const Node& found = pool[value];
    if (found.kind == NodeKind::PageOf) {
      // The low part of an address, and so all of it, was added to the page behind the reload.
      target = substitute(target, slot, pool.constant(0));
    } else if (found.term_count == 0 && place_of(found).valid()) {
      target = substitute(target, slot, value);
    }
  }
  return target;
}

// A jump that went through the only table it has to one place says that its index was that of an entry for it.
bool JumpResolver::index_at(uint32_t jump, uint32_t to, NodeId& index, IntervalSet& values) {
  if (!known_) return false;
  const auto resolution = std::ranges::find_if(*known_, [&](const Resolution& r) {
    return r.tables.size() == 1 && r.tables[0].jump == jump;
  });
  if (resolution == known_->end()) return false;
  const NodeId target = slicer_.target(jump);
  const std::optional<Shape> shape = target == kNoIndex ? std::nullopt : match(target);
  if (!shape || shape->index == kNoIndex) return false;
  const JumpTable& table = resolution->tables[0];
  const int64_t from_start = table.table.offset - shape->table.offset;
  if (shape->table.section != table.table.section || from_start % shape->stride != 0) return false;
  index = shape->index;
  uint64_t value = static_cast<uint64_t>(from_start / shape->stride);
  const Place place = graph_.place(to);
  for (const Place& entry : table.targets) {
    if (entry == place) values = values.united({value, value});
    value += shape->step;
  }
  return !values.empty();
}

// --- Its entries -----------------------------------------------------------------------------------------------------

// Where an entry leads; not valid if it cannot be told.
Place JumpResolver::entry_target(const Shape& shape, Place entry) const {
  if (entry.offset < 0) return {};
  const Relocation* relocation = view_.relocation_at(entry.section, static_cast<uint64_t>(entry.offset));
  if (relocation && !shape.has_base) {
    const RelocKind whole = shape.width == 8 ? RelocKind::Abs64 : RelocKind::Abs32;
    if (relocation->kind == whole) return relocation->target;
    if (view_.relocatable()) return {};
  }
  if (relocation && shape.has_base && view_.relocatable()) {
    // What the linker writes is S + A - entry; the code adds the base to it.
    const RelocKind difference = shape.width == 8 ? RelocKind::PcRel64 : RelocKind::PcRel32;
    const bool sums = relocation->kind == difference && shape.factor == 1 && shape.base.section == entry.section;
    if (!sums || !relocation->target.valid()) return {};
    return {relocation->target.section, relocation->target.offset - (entry.offset - shape.base.offset)};
  }
  const auto raw = view_.read(entry, shape.width);
  if (!raw || (view_.relocatable() && !shape.has_base)) return {};
  const int64_t value = extended(*raw, shape.width, shape.is_signed) * shape.factor;
  if (view_.relocatable()) return {shape.base.section, shape.base.offset + value};
  const uint64_t address = (shape.has_base ? view_.address_of(shape.base) : 0) + static_cast<uint64_t>(value);
  if (Place place = view_.place_of_address(address); place.valid()) return place;
  // Perhaps the end of the last function of its section.
  Place place = view_.place_of_address(address - 1);
  if (place.valid()) ++place.offset;
  return place;
}

// Whether a table of the jump may lead there. `strict`, when nothing but the bytes says that the entry is one: not into
// the middle of an instruction either.
bool JumpResolver::valid_target(uint32_t jump, Place target, bool strict) const {
  if (!target.valid()) return false;
  const uint32_t own = graph_.insns[jump].range;
  const uint32_t range = descent_.range_of(own, target);
  if (range == kNoIndex) return !graph_.ranges[own].code.inlined && descent_.is_unreachable_end(target);
  if (!strict) return true;
  const uint64_t begin = graph_.ranges[range].code.begin, offset = static_cast<uint64_t>(target.offset);
  if (graph_.slot(range, offset) != kNoIndex) return true;
  for (uint64_t back = graph_.alignment; back < view_.arch().max_insn_length && back <= offset - begin;
       back += graph_.alignment) {
    const uint32_t insn = graph_.slot(range, offset - back);
    if (insn != kNoIndex && view_.insn(graph_.insns[insn].insn).length > back) return false;
  }
  return true;
}

// Where the entries from `first` on must end at the latest.
uint64_t JumpResolver::extent(Place first, bool strong, bool& sized) {
  uint64_t end = references_.object_end(first, strong, sized);
  auto cut = [&](Place start) {
    if (start.section != first.section || start.offset <= first.offset) return;
    end = std::min(end, static_cast<uint64_t>(start.offset));
  };
  if (known_) {
    for (const Resolution& other : *known_) {
      for (const JumpTable& table : other.tables) cut(table.table);
    }
  }
  if (view_.relocatable() || sized) return end;
  // A linked file has no relocations to tell what else the code refers to.
  for (uint32_t insn = 0; insn < graph_.insns.size() && !slicer_.exhausted(); ++insn) {
    const std::span<const MicroOp> ops = view_.ops(view_.insn(graph_.insns[insn].insn));
    for (unsigned i = 0; i < ops.size(); ++i) {
      const MicroOp op = ops[i];
      if (op.op != Op::Address && (op.op != Op::Add || !op.relocatable)) continue;
      const Node node = slicer_.pool()[slicer_.result(insn, i)];
      if (node.is_constant()) cut(view_.place_of_address(static_cast<uint64_t>(node.value)));
    }
  }
  return end;
}

// The index of a table's first entry when no bound tells. An index that counts from a low bound is subtracted from the
// table's address, so that address may be before the table.
int64_t JumpResolver::unproved_start(const Shape& shape, int64_t low, bool& guessed) {
  const bool usable = low > 0 && static_cast<uint64_t>(low) < kMaxEntries;
  if (usable) return low;
  // Entries that are relative to the table's own place give it away.
  if (shape.has_base && shape.base.section == shape.table.section) {
    const int64_t distance = shape.base.offset - shape.table.offset;
    if (distance % shape.stride == 0) return distance / shape.stride;
  }
  // So does the code, when it was not that name that the low bound was subtracted from.
  if (shape.named.valid() && shape.named != shape.table && shape.named.section == shape.table.section) {
    const int64_t distance = shape.named.offset - shape.table.offset;
    if (distance % shape.stride == 0) return distance / shape.stride;
  }
  if (!view_.relocatable()) return 0;
  // Else it starts behind the table that the address is in.
  const int64_t end = references_.end_of_table_around(shape.table);
  if (end < 0) return 0;
  guessed = true;
  return (end - shape.table.offset + shape.stride - 1) / shape.stride;
}

std::optional<Resolution> JumpResolver::read_table(uint32_t jump, const Shape& shape, const Bounds::Point& point) {
  const bool fixed = shape.index == kNoIndex;
  const bool whole_table = fixed && shape.base.section == shape.table.section;  // known by its base
  IndexRange range{.bounded = !whole_table};
  if (!fixed) range = index_range(bounds_.of(shape.index, point));
  // What the index can be by its own shape, a byte or so many bits, bounds it, but need not be what the table was made
  // for. A comparison is.
  const uint64_t limit = fixed ? 1 : slicer_.pool().limit(shape.index);
  const bool trusted = range.bounded && (range.low < 0 || static_cast<uint64_t>(range.high) < limit);
  bool guessed_start = false;
  const int64_t low = trusted ? range.low : unproved_start(shape, range.low, guessed_start);
  const uint64_t step = shape.step;
  const uint64_t most = range.bounded && range.high >= low ? static_cast<uint64_t>(range.high - low) / step + 1 : kMaxEntries;
  const int64_t entry_stride = shape.stride * static_cast<int64_t>(step);
  const Place first{shape.table.section, shape.table.offset + low * shape.stride};
  if (first.offset < 0) return std::nullopt;

  bool sized = false;
  const uint64_t end = extent(first, trusted, sized);
  Resolution resolution;
  resolution.kind = Resolution::Kind::Table;
  if (shape.has_base) resolution.bases.push_back(shape.base);
  resolution.tables.push_back({.jump = jump, .table = first, .entries = 0, .entry_bytes = static_cast<uint8_t>(shape.width), .targets = {}});
  JumpTable& table = resolution.tables.back();
  std::vector<Place>& targets = table.targets;
  bool at_end = false, invalid = false, all_relocated = view_.relocatable();
  for (uint64_t i = 0; i < most; ++i) {
    const Place entry{first.section, first.offset + static_cast<int64_t>(i) * entry_stride};
    at_end = static_cast<uint64_t>(entry.offset) + shape.width > end;
    if (at_end) break;
    const Place target = entry_target(shape, entry);
    const bool relocated = view_.relocation_at(entry.section, static_cast<uint64_t>(entry.offset)) != nullptr;
    at_end = !targets.empty() && all_relocated && !relocated;
    if (at_end) break;
    all_relocated = all_relocated && relocated;
    invalid = !valid_target(jump, target, !trusted);
    if (invalid) break;
    targets.push_back(target);
  }
  if (targets.empty()) return std::nullopt;
  // An object of known size, all of whose words are labels of the family, is what the program indexes, and no more.
  const bool whole_object = sized && at_end;
  table.exact = !invalid && (whole_object || (range.bounded && !at_end));
  table.entries = static_cast<uint32_t>(targets.size());
  // Nor is there a doubt about targets when relocations say of each entry what it is and where they end: whatever the
  // index can be, the compiler wrote a table of these.
  resolution.approximate = !table.exact && (guessed_start || !all_relocated || !at_end);
  const uint32_t own = graph_.insns[jump].range;
  for (const Place& target : targets) {
    const uint32_t in = descent_.range_of(own, target);
    if (in != kNoIndex) resolution.targets.push_back({in, static_cast<uint64_t>(target.offset)});
  }
  sort_targets(resolution.targets);
  return resolution;
}

// --- Targets that are no table's -------------------------------------------------------------------------------------

// One place, or one symbol.
std::optional<Resolution> JumpResolver::known_target(uint32_t jump, NodeId target) {
  const Node node = slicer_.pool()[target];
  Resolution resolution;
  if (node.kind == NodeKind::Symbol) {
    resolution.kind = Resolution::Kind::TailCall;
    resolution.callee.symbol = node.a;
    return resolution;
  }
  Place place;
  if (node.kind == NodeKind::Sum && node.term_count == 0) place = place_of(node);
  if (node.kind == NodeKind::Load && node.width == 8 && !view_.relocatable()) {
    // A slot that the dynamic linker fills.
    const Node address = slicer_.pool()[node.a];
    const Place slot = address.is_constant() ? place_of(address) : Place{};
    const Relocation* relocation = slot.valid() ? view_.relocation_at(slot.section, static_cast<uint64_t>(slot.offset)) : nullptr;
    if (relocation && relocation->symbol != kNoIndex && !relocation->target.valid()) {
      resolution.kind = Resolution::Kind::TailCall;
      resolution.callee.symbol = relocation->symbol;
      return resolution;
    }
  }
  if (!place.valid()) return std::nullopt;
  const uint32_t range = descent_.range_of(graph_.insns[jump].range, place);
  if (range != kNoIndex) {
    resolution.kind = Resolution::Kind::Labels;
    resolution.targets.push_back({range, static_cast<uint64_t>(place.offset)});
    return resolution;
  }
  const auto callee = callee_at(place);
  if (!callee) return std::nullopt;
  resolution.kind = Resolution::Kind::TailCall;
  resolution.callee = *callee;
  return resolution;
}

// Every label of the family whose address is taken, in data or in code, but for what is known to be for a table.
Resolution JumpResolver::all_labels(uint32_t jump) {
  Resolution resolution;
  if (graph_.ranges[graph_.insns[jump].range].code.inlined) return resolution;
  for (uint32_t r = 0; r < graph_.ranges.size(); ++r) {
    if (!graph_.ranges[r].code.inlined) add_labels(r, resolution.targets);
  }
  auto known_base = [&](Place place) {
    return known_ && std::ranges::any_of(*known_, [&](const Resolution& r) {
             return std::find(r.bases.begin(), r.bases.end(), place) != r.bases.end();
           });
  };
  for (uint32_t insn = 0; insn < graph_.insns.size(); ++insn) {
    const Insn& decoded = view_.insn(graph_.insns[insn].insn);
    if (graph_.ranges[graph_.insns[insn].range].code.inlined) continue;
    for (const MicroOp& op : view_.ops(decoded)) {
      const bool may_take_address = op.op == Op::Address || ((op.op == Op::Const || op.op == Op::Add) && op.relocatable);
      if (!may_take_address) continue;
      const Operand operand = view_.operand(graph_.place(insn), decoded.length, op);
      Place place = operand.kind == Operand::Kind::Location ? operand.place : Place{};
      if (operand.kind == Operand::Kind::Number && !view_.relocatable() && op.op == Op::Address && !op.page) {
        place = view_.place_of_address(static_cast<uint64_t>(operand.value));
      }
      const uint32_t range = place.valid() ? descent_.range_of(graph_.insns[insn].range, place) : kNoIndex;
      const bool entry = range != kNoIndex && static_cast<uint64_t>(place.offset) == graph_.ranges[range].code.begin;
      if (range == kNoIndex || entry || known_base(place)) continue;
      resolution.targets.push_back({range, static_cast<uint64_t>(place.offset)});
    }
  }
  if (resolution.targets.empty()) return resolution;
  resolution.kind = Resolution::Kind::Labels;
  resolution.approximate = true;
  sort_targets(resolution.targets);
  return resolution;
}

void JumpResolver::add_labels(uint32_t range, std::vector<Resolution::Target>& targets) {
  const CodeRange& code = graph_.ranges[range].code;
  auto in_known_table = [&](Place source) {
    auto holds = [&](const JumpTable& table) {
      const int64_t bytes = int64_t{table.entries} * table.entry_bytes;
      return table.table.section == source.section && source.offset >= table.table.offset &&
             source.offset < table.table.offset + bytes;
    };
    return known_ && std::ranges::any_of(*known_, [&](const Resolution& r) { return std::ranges::any_of(r.tables, holds); });
  };
  for (const References::Label& label : references_.labels(code.section, code.begin + 1, code.end)) {
    const uint64_t offset = static_cast<uint64_t>(label.code.offset);
    if ((offset - code.begin) % graph_.alignment != 0 || in_known_table(label.source)) continue;
    targets.push_back({range, offset});
  }
}

// Whether the target can be a function's address that the program was given: an argument, what a call returned, a
// value from memory that is no table of this file's code. A value that was computed is none: compilers compute
// addresses of code only for tables.
bool JumpResolver::plausible_call(uint32_t jump, NodeId target, unsigned depth) {
  if (depth == 0 || visits_left_ == 0) return false;
  --visits_left_;
  const Node node = slicer_.pool()[target];
  switch (node.kind) {
    case NodeKind::Entry:
    case NodeKind::Symbol:
      return true;
    case NodeKind::Sum: {
      const Place place = node.term_count == 0 ? place_of(node) : Place{};
      return place.valid() && view_.function_starting_at(place) != kNoIndex;
    }
    case NodeKind::Opaque: {
      const Insn& insn = view_.insn(graph_.insns[node.a].insn);
      if (insn.flow == Flow::Call || insn.flow == Flow::CallIndirect) return true;
      const uint32_t op = node.b - 0x100;
      return op < insn.op_count && view_.ops(insn)[op].op == Op::Load;
    }
    case NodeKind::Load:
      return plausible_pointer_load(target);
    case NodeKind::Select:
      return plausible_call(jump, node.a, depth - 1) && plausible_call(jump, node.b, depth - 1);
    case NodeKind::Phi: {
      const auto incoming = slicer_.incoming(target);
      constexpr size_t kMostWays = 32;
      if (incoming.empty() || incoming.size() > kMostWays) return false;
      const std::vector<std::pair<Arrival, NodeId>> ways(incoming.begin(), incoming.end());
      return std::ranges::all_of(ways, [&](const auto& way) {
        const NodeId value = slicer_.resolve(way.second);
        return value == target || plausible_call(jump, value, depth - 1);
      });
    }
    default:
      return false;
  }
}

bool JumpResolver::plausible_pointer_load(NodeId load) {
  NodePool& pool = slicer_.pool();
  const Node node = pool[load];
  if (node.width != 8) return false;
  const Node address = pool[node.a];
  if (address.kind != NodeKind::Sum) return address.kind != NodeKind::Phi || node.b == kUnchanged;
  if (const Place place = place_of(address); place.valid()) {
    if (address.term_count == 0 || view_.sections()[place.section].writable) return true;
    // A constant table: of functions?
    if (const Relocation* relocation = view_.relocation_at(place.section, static_cast<uint64_t>(place.offset))) {
      return !relocation->target.valid() || view_.function_starting_at(relocation->target) != kNoIndex;
    }
    const auto word = view_.read(place, 8);
    return word && !view_.relocatable() && view_.function_starting_at(view_.place_of_address(*word)) != kNoIndex;
  }
  // A pointer and an offset; the pointer not into the own frame, where only spilled values and tables stand.
  for (unsigned i = 0; i < address.term_count; ++i) {
    const Node& term = pool[address.terms[i].node];
    if (term.kind == NodeKind::Symbol) return true;
    if (address.terms[i].factor != 1) continue;
    const bool stack = (term.kind == NodeKind::Entry || term.kind == NodeKind::Opaque || term.kind == NodeKind::Phi) &&
                       (term.b == view_.arch().sp || term.b == view_.arch().fp);
    if (stack) return term.kind == NodeKind::Entry && term.b == view_.arch().sp && address.value >= 0;
    return term.kind != NodeKind::Phi || address.term_count == 1;
  }
  return false;
}

}  // namespace objhound::oracle
