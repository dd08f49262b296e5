// The entries of a table: where it begins, how many there are, where each leads.

#include <algorithm>

#include "oracle/cfg/jump_table.h"

namespace objhound::oracle {
namespace {

// No compiler makes larger tables; a bound on hostile files.
constexpr uint64_t kMaxEntries = 65'536;

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

}  // namespace

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
bool JumpResolver::valid_target(uint32_t jump, Place target, bool strict) {
  if (!target.valid()) return false;
  const uint32_t own = graph_.insns[jump].range;
  uint32_t range = descent_.range_of(own, target);
  // Cases that hardly ever happen may have been moved away.
  if (range == kNoIndex && !strict && !graph_.ranges[own].code.inlined && descent_.absorb(target, true))
    range = descent_.range_of(own, target);
  if (range == kNoIndex) return !graph_.ranges[own].code.inlined && descent_.is_unreachable_end(target);
  if (!strict) return true;
  const uint64_t begin = graph_.ranges[range].code.begin, offset = static_cast<uint64_t>(target.offset);
  if (graph_.known(range, offset) != kNoIndex) return true;
  for (uint64_t back = graph_.alignment; back < view_.arch().max_insn_length && back <= offset - begin;
       back += graph_.alignment) {
    const uint32_t insn = graph_.known(range, offset - back);
    if (insn != kNoIndex && graph_.insns[insn].length > back) return false;
  }
  return true;
}

// Whether a target that is none of the family's is inside of some other function, or its entry. A table of function
// pointers has such targets alone.
bool JumpResolver::leads_astray(Place target) const {
  if (!view_.relocatable() || !target.valid()) return false;
  const uint32_t function = view_.function_at(target);
  return function != kNoIndex && view_.functions()[function].parent == kNoIndex &&
         function != graph_.ranges[0].code.function;
}

// As References tell, and noted: if they come to tell otherwise, the family is another.
uint64_t JumpResolver::object_end(Place place, bool strong, bool& sized) {
  const uint64_t end = references_.object_end(place, strong, sized);
  if (!strong) notes_.object_ends.push_back({place, end});
  return end;
}

// Where the entries from `first` on must end at the latest. Another jump's part of the table with the same origin is no
// end.
uint64_t JumpResolver::extent(Place first, Place origin, bool strong, bool& sized) {
  uint64_t end = object_end(first, strong, sized);
  auto cut = [&](Place start) {
    if (start.section != first.section || start.offset <= first.offset) return;
    end = std::min(end, static_cast<uint64_t>(start.offset));
  };
  if (known_) {
    for (const Resolution& other : *known_) {
      for (const JumpTable& table : other.tables) {
        if (table.origin != origin) cut(table.table);
      }
    }
  }
  if (view_.relocatable() || sized) return end;
  // A linked file has no relocations to tell what else the code refers to.
  find_named();
  for (const std::vector<Place>* places : {&named_, &sum_places_}) {
    const auto next = std::ranges::upper_bound(*places, first);
    if (next != places->end()) cut(*next);
  }
  return end;
}

// For all tables the family's code is looked through once. An address that counts from the instruction is what it is;
// what other sums are is forgotten with the slicer's values.
void JumpResolver::find_named() {
  const auto place_at = [&](uint64_t address) { return view_.place_of_address(address); };
  if (looked_through_ != graph_.insns.size()) {
    for (; looked_through_ < graph_.insns.size(); ++looked_through_) {
      const Insn& insn = view_.insn(graph_.insns[looked_through_].insn);
      if (!insn.takes_address) continue;
      const std::span<const MicroOp> ops = view_.ops(insn);
      for (unsigned i = 0; i < ops.size(); ++i) {
        const bool sum = ops[i].op == Op::Add && ops[i].relocatable && ops[i].a != view_.arch().sp;
        if (sum) sums_.emplace_back(looked_through_, i);
        if (ops[i].op != Op::Address || ops[i].merges) continue;
        const Operand operand = view_.operand(graph_.place(looked_through_), insn.length, ops[i]);
        const Place place = place_at(static_cast<uint64_t>(operand.value));
        if (operand.kind == Operand::Kind::Number && place.valid()) named_.push_back(place);
      }
    }
    std::ranges::sort(named_);
  }
  if (named_by_sums_ == 0) sum_places_.clear();
  if (named_by_sums_ == sums_.size()) return;
  for (; named_by_sums_ < sums_.size() && !slicer_.exhausted(); ++named_by_sums_) {
    const auto [insn, op] = sums_[named_by_sums_];
    const Node& node = slicer_.pool()[slicer_.result(insn, op)];
    const Place place = node.is_constant() ? place_at(static_cast<uint64_t>(node.value)) : Place{};
    if (place.valid()) sum_places_.push_back(place);
  }
  std::ranges::sort(sum_places_);
}

// The end of a table of this family, or of those understood before, that the place is in; -1 if there is none.
int64_t JumpResolver::end_of_table_around(Place place) {
  notes_.asked.push_back(place);
  const auto own = notes_.tables.before(place), others = references_.tables().before(place);
  TableExtents last;
  for (const auto& table : {own, others}) {
    if (table) last.add(table->first, table->second);
  }
  return last.end_around(place);
}

// The index of a table's first entry when no bound tells. An index that counts from a low bound is subtracted from the
// table's address, so that address may be before the table.
int64_t JumpResolver::unproved_start(const Shape& shape, int64_t low, bool& guessed) {
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
  if (low > 0 && static_cast<uint64_t>(low) < kMaxEntries) return low;
  // Else it starts behind the table that the address is in.
  const int64_t end = end_of_table_around(shape.table);
  if (end < 0) return 0;
  guessed = true;
  return (end - shape.table.offset + shape.stride - 1) / shape.stride;
}

// Whether the index would take an entry from in front of the table, or from behind it: the jump is one that never
// happens, because what has no case was marked unreachable. Entries that are relative to the table tell where it is.
bool JumpResolver::outside_of_table(const Shape& shape, int64_t index) {
  if (!view_.relocatable() || !shape.has_base || shape.base.section != shape.table.section) return false;
  const int64_t entry = shape.table.offset + index * shape.stride;
  bool sized = false;
  return entry < shape.base.offset || entry >= static_cast<int64_t>(references_.object_end(shape.base, true, sized));
}

// Whether what asks for more stack begins there (-fsplit-stack). Only the prologue goes there; Clang puts it behind the
// function's body, where entries lead that are for what cannot happen.
bool JumpResolver::asks_for_more_stack(Resolution::Target place) const {
  if (!splits_stacks_) return false;
  constexpr unsigned kMostInsns = 4;  // two arguments in registers, and the call
  uint64_t offset = place.offset;
  for (unsigned i = 0; i < kMostInsns; ++i) {
    const bool inside = offset < graph_.ranges[place.range].code.end;
    const uint32_t insn = inside ? graph_.known(place.range, offset) : kNoIndex;
    if (insn == kNoIndex) return false;
    const FlowInsn& at = graph_.insns[insn];
    if (at.leave != kNoIndex) {
      const uint32_t symbol = graph_.leaves[at.leave].callee.symbol;
      return symbol != kNoIndex && runs_the_rest_of_its_caller(view_.symbols()[symbol].name);
    }
    offset += at.length;
  }
  return false;
}

// The bits that may be set in a value, as masks on it tell.
uint64_t JumpResolver::possible_bits(NodeId value) {
  Node node = slicer_.pool()[value];
  uint64_t bits = ~uint64_t{0};
  if (node.kind == NodeKind::Zext) {
    bits = low_mask(node.width);
    node = slicer_.pool()[node.a];
  }
  return node.kind == NodeKind::And ? bits & static_cast<uint64_t>(node.value) : bits;
}

// The largest value that the index can have by its own shape. One that a low bound was subtracted from wraps around
// below that bound, which is nothing that the table was made for either.
uint64_t JumpResolver::limit_by_shape(NodeId index) {
  const NodePool& pool = slicer_.pool();
  const uint64_t whole = pool.limit(index);
  const NodeId inner = pool[index].kind == NodeKind::Zext ? pool[index].a : index;
  const Node& sum = pool[inner];
  if (sum.kind != NodeKind::Sum || sum.place.valid() || sum.value >= 0 || sum.term_count != 1) return whole;
  const auto [term, factor] = std::pair(sum.terms[0].node, sum.terms[0].factor);
  const uint64_t most = pool.limit(term);
  if (factor <= 0 || most > uint64_t{1} << 32 || factor > 4096) return whole;
  const int64_t highest = static_cast<int64_t>(most) * factor + sum.value;
  return highest < 0 ? whole : std::min(whole, static_cast<uint64_t>(highest));
}

// Which entries the jump can use.
JumpResolver::Entries JumpResolver::entries_of(const Shape& shape, const Bounds::Point& point) {
  const bool fixed = shape.index == kNoIndex;
  const bool known_by_base = fixed && shape.base.section == shape.table.section;
  IndexRange range{.bounded = !known_by_base};
  IntervalSet values = IntervalSet::everything();
  NodeId index = shape.index;
  if (!fixed) range = index_range(values = bounds_.of(index, point));
  if (const NodeId kept = fixed || range.bounded ? kNoIndex : settled(index); kept != kNoIndex) {
    index = kept;  // through a spill, perhaps
    range = index_range(values = bounds_.of(index, point));
  }
  Entries entries;
  entries.bounded = range.bounded;
  // What the index can be by its own shape, a byte or so many bits, bounds it, but need not be what the table was made
  // for. A comparison is.
  const uint64_t limit = fixed ? 1 : limit_by_shape(index);
  const bool outside = range.bounded && outside_of_table(shape, range.low);
  entries.trusted = range.bounded && (range.low < 0 || static_cast<uint64_t>(range.high) < limit) && !outside;
  const int64_t low = entries.trusted ? range.low : unproved_start(shape, range.low, entries.guessed_start);
  entries.low = low;
  if (!fixed) entries.bits = possible_bits(index);
  if (!outside) entries.indices = values;
  entries.first = {shape.table.section, shape.table.offset + low * shape.stride};
  entries.stride = shape.stride * static_cast<int64_t>(shape.step);
  const bool counted = range.bounded && range.high >= low;
  entries.most = counted ? static_cast<uint64_t>(range.high - low) / shape.step + 1 : kMaxEntries;
  return entries;
}

// Whether the last entries may be no entries but the gap before the next object, which is filled with zeros. They do
// not matter where other entries lead to the same place.
bool JumpResolver::may_end_in_padding(const Shape& shape, const JumpTable& table, uint64_t end) const {
  // A gap is there for the sake of an alignment, which `end` has, and is smaller than that.
  constexpr uint64_t kLargestGap = 8;  // bytes
  const uint64_t gap = std::min(kLargestGap, (end & (~end + 1)) - 1);
  size_t zeros = 0;
  while (zeros < table.targets.size() && (zeros + 1) * shape.width <= gap) {
    const int64_t back = static_cast<int64_t>(table.targets.size() - 1 - zeros) * shape.stride;
    if (view_.read({table.table.section, table.table.offset + back}, shape.width) != 0) break;
    ++zeros;
  }
  if (zeros == 0) return false;
  const auto others = std::span(table.targets).first(table.targets.size() - zeros);
  return std::find(others.begin(), others.end(), table.targets.back()) == others.end();
}

// Whether the table of a linked file ends where it must: at a place that some code of the file names, apart from zeros
// that fill the gap; or, if its entries are whole addresses, at a word that is no address in the function.
bool JumpResolver::ends_at_named_place(const Shape& shape, const JumpTable& table, uint64_t end, bool invalid) const {
  if (!references_.complete()) return false;
  if (invalid && !shape.has_base) return true;
  const uint64_t behind =
      static_cast<uint64_t>(table.table.offset) + table.entries * static_cast<uint64_t>(shape.stride);
  const std::span<const uint8_t> bytes = view_.sections()[table.table.section].bytes;
  if (behind > end || end > bytes.size()) return behind >= end;
  return std::ranges::all_of(bytes.subspan(behind, end - behind), [](uint8_t byte) { return byte == 0; });
}

std::optional<Resolution> JumpResolver::read_table(uint32_t jump, const Shape& shape, const Bounds::Point& point) {
  Entries entries = entries_of(shape, point);
  std::optional<Resolution> resolution = read_entries(jump, shape, entries);
  // What bounds the index need not be what the table was made for; the words are.
  if (!resolution || !resolution->open || !entries.trusted || !references_.complete()) return resolution;
  entries.trusted = entries.bounded = false;
  entries.indices = IntervalSet::everything();
  entries.bits = ~uint64_t{0};
  return read_entries(jump, shape, entries);
}

std::optional<Resolution> JumpResolver::read_entries(uint32_t jump, const Shape& shape, const Entries& entries) {
  if (entries.first.offset < 0) return std::nullopt;
  JumpTable table{.jump = jump,
                  .table = entries.first,
                  .origin = shape.table,
                  .entry_bytes = static_cast<uint8_t>(shape.width),
                  .targets = {}};
  bool sized = false;
  const uint64_t end = extent(entries.first, shape.table, entries.trusted, sized);
  bool at_end = false, invalid = false, no_code_behind = false, all_relocated = view_.relocatable();
  size_t own = 0;  // entries up to the last one that leads into the family, but not to its start
  for (uint64_t i = 0; i < entries.most; ++i) {
    const Place entry{entries.first.section, entries.first.offset + static_cast<int64_t>(i) * entries.stride};
    const uint64_t offset = static_cast<uint64_t>(entry.offset);
    const bool relocated = view_.relocation_at(entry.section, offset) != nullptr;
    at_end = offset + shape.width > end || (i > 0 && all_relocated && !relocated);
    if (at_end) break;
    all_relocated = all_relocated && relocated;
    const Place target = entry_target(shape, entry);
    const bool valid = valid_target(jump, target, !entries.trusted);
    const bool certain = entries.trusted || (relocated && !entries.guessed_start);
    invalid = !valid && !(certain && leads_astray(target));
    no_code_behind = invalid && !view_.is_code(target);
    if (invalid) break;
    if (!valid) table.strays.push_back(static_cast<uint32_t>(table.targets.size()));
    table.targets.push_back(target);
    // What begins where the family ends may be meant by its end, or for itself.
    const bool neighbour = descent_.range_of(graph_.insns[jump].range, target) == kNoIndex &&
                           view_.function_starting_at(target) != kNoIndex;
    if (valid && target != graph_.place(0) && !neighbour) own = table.targets.size();
  }
  // Behind the last entry that leads into the family, another table may have begun.
  while (!table.strays.empty() && table.strays.back() >= own) {
    invalid = true;
    at_end = false;
    table.targets.resize(table.strays.back());
    table.strays.pop_back();
  }
  if (table.targets.empty()) return std::nullopt;
  table.entries = static_cast<uint32_t>(table.targets.size());
  // An object of known size, all of whose words are labels of the family, is what the program indexes, and no more.
  const bool whole_object = sized && at_end;
  // So is what the index is bounded by; but not by its own shape alone while code may still name the next object.
  const bool from_code = shape.has_base && view_.sections()[shape.base.section].executable;
  const bool others_tell = !view_.relocatable() && shape.width >= 4 && !from_code;
  const bool bound_tells = entries.trusted || !others_tell || references_.complete();
  table.exact = !invalid && (whole_object || (entries.bounded && !at_end && bound_tells));

  Resolution resolution;
  resolution.kind = Resolution::Kind::Table;
  if (shape.has_base) resolution.bases.push_back(shape.base);
  resolution.counts_instructions = shape.has_base && shape.factor != 1;
  // Nor is there a doubt about targets when the table's end is known: whatever the index can be, the compiler wrote a
  // table of these. In a relocatable file relocations tell each entry, and what refers to the next object the end.
  const bool known_end = at_end && !entries.guessed_start && view_.relocatable();
  // In a linked one a table has labels alone: it is no longer than up to the first word that leads to no code.
  const bool starts_at_base = shape.has_base && shape.base == shape.table && entries.low == 0;
  const bool ends_before = others_tell && starts_at_base && no_code_behind;
  resolution.bounded = table.exact || known_end || ends_before;
  resolution.approximate = !table.exact && !(known_end && (all_relocated || !may_end_in_padding(shape, table, end)));
  // In a linked file the words tell, and what the code of the whole file names.
  resolution.open = resolution.approximate && others_tell && (invalid || !entries.trusted) && !entries.guessed_start;
  if (resolution.open && ends_at_named_place(shape, table, end, invalid)) resolution.approximate = false;
  // An index that was ruled out before the jump has an entry as well, which may lead anywhere.
  Place last;
  for (uint64_t i = 0; i < table.targets.size(); ++i) {
    const uint64_t index = static_cast<uint64_t>(entries.low) + i * shape.step;
    if (!entries.indices.contains(index) || (index & ~entries.bits) != 0) continue;
    const Place target = table.targets[i];
    if (target == last) continue;  // values without a case stand side by side
    last = target;
    const uint32_t range = descent_.range_of(graph_.insns[jump].range, target);
    if (range != kNoIndex) resolution.targets.push_back({range, static_cast<uint64_t>(target.offset)});
  }
  resolution.sort();
  std::erase_if(resolution.targets, [&](const Resolution::Target& place) { return asks_for_more_stack(place); });
  resolution.tables.push_back(std::move(table));
  return resolution;
}

}  // namespace objhound::oracle
