#include <algorithm>

#include "oracle/cfg/jump_table.h"
#include "oracle/cfg/sort_once.h"

namespace objhound::oracle {
namespace {

// Bounds on the work for one jump, in instructions walked over.
constexpr uint64_t kSlicerSteps = 300'000;
constexpr uint64_t kBoundsSteps = 200'000;
constexpr uint64_t kCalleeSteps = 2'000;
// Bounds on looking for what a value can be.
constexpr unsigned kMaxDepth = 8;
constexpr unsigned kMaxVisits = 256;

}  // namespace

void Resolution::sort() {
  sort_once(targets);
  sort_once(certain);
}

void JumpResolver::start(uint64_t steps) {
  steps_left_ = steps;
  ran_out_ = true;  // nothing of the last family holds
  looked_through_ = 0;
  named_.clear();
  sums_.clear();
}

void JumpResolver::go_on(const std::vector<Resolution>* known) {
  known_ = known;
  index_tables();
  if (!graph_.stale && !ran_out_) return;
  slicer_.reset();
  bounds_.reset();
  named_by_sums_ = 0;
  ran_out_ = false;
}

Place JumpResolver::place_of(const Node& sum) const {
  if (sum.kind != NodeKind::Sum) return {};
  if (sum.place.valid() || view_.relocatable()) return sum.place;
  return view_.place_of_address(static_cast<uint64_t>(sum.value));
}

Resolution JumpResolver::resolve(uint32_t jump, Asked asked) {
  const uint64_t budget = std::min(kSlicerSteps, steps_left_);
  slicer_.set_budget(budget);
  bounds_.set_budget(kBoundsSteps);
  Resolution resolution = resolve_within_budget(jump, asked);
  steps_left_ -= budget - slicer_.budget();
  ran_out_ = ran_out_ || slicer_.exhausted();
  return resolution;
}

Resolution JumpResolver::resolve_within_budget(uint32_t jump, Asked asked) {
  const NodeId target = slicer_.target(jump);
  if (target == kNoIndex || slicer_.exhausted()) return asked == Asked::Anything ? all_labels(jump) : Resolution();
  std::optional<Resolution> resolution = resolve_choices(jump, choices(jump, target, Ways::All));
  if (!resolution && asked != Asked::Certain) resolution = resolve_meant(jump, target);
  if (resolution) return asked != Asked::Certain || !resolution->approximate ? *resolution : Resolution();
  if (asked != Asked::Anything) return {};

  const bool argument = slicer_.pool()[target].kind == NodeKind::Entry;
  if (!argument && !goes_to_another_frame(jump)) {
    if (Resolution labels = all_labels(jump); labels.kind == Resolution::Kind::Labels) return labels;
  }
  Resolution unknown;
  visits_left_ = kMaxVisits;
  if (!plausible_call(jump, target, kMaxDepth)) return unknown;
  unknown.kind = Resolution::Kind::TailCallIndirect;
  unknown.bounded = view_.relocatable() && !graph_.ranges[graph_.insns[jump].range].code.inlined && !may_be_label();
  return unknown;
}

// All of them at once, if each leads somewhere.
std::optional<Resolution> JumpResolver::resolve_choices(uint32_t jump, std::span<const Choice> choices) {
  std::optional<Resolution> resolution;
  for (const Choice& choice : choices) {
    const std::optional<Resolution> one = resolve_choice(jump, choice);
    if (one && resolution && one->leaves() && resolution->leaves()) {  // a call of one function or another
      resolution->kind = Resolution::Kind::TailCallIndirect;
      resolution->callee = {};
      continue;
    }
    const bool combines = one && (!resolution || (one->kind != Resolution::Kind::TailCall && !resolution->leaves()));
    if (!combines) return std::nullopt;
    resolution ? merge(*resolution, *one) : void(resolution = one);
  }
  return resolution;
}

std::optional<Resolution> JumpResolver::resolve_choice(uint32_t jump, const Choice& choice) {
  if (auto known = known_target(jump, choice.value)) return known;
  if (const std::optional<Shape> shape = match(choice.value)) return read_table(jump, *shape, choice.point);
  const NodeId respelled = with_spilled_bases(choice.value);
  if (const std::optional<Shape> shape = match(respelled)) return read_table(jump, *shape, choice.point);
  return respelled == choice.value ? std::nullopt : known_target(jump, respelled);
}

void JumpResolver::merge(Resolution& into, const Resolution& from) {
  if (from.kind == Resolution::Kind::Table) into.kind = from.kind;
  into.approximate = into.approximate || from.approximate;
  into.open = into.open || from.open;
  into.bounded = into.bounded && from.bounded;
  into.counts_instructions = into.counts_instructions && from.counts_instructions;
  into.bases.insert(into.bases.end(), from.bases.begin(), from.bases.end());
  into.targets.insert(into.targets.end(), from.targets.begin(), from.targets.end());
  into.certain.insert(into.certain.end(), from.certain.begin(), from.certain.end());
  into.sort();
  for (const JumpTable& table : from.tables) {
    auto same = std::find_if(into.tables.begin(), into.tables.end(),
                             [&](const JumpTable& t) { return t.table == table.table; });
    if (same == into.tables.end()) {
      into.tables.push_back(table);
    } else if (same->entries < table.entries) {
      *same = table;
    }
  }
}

std::optional<Callee> JumpResolver::callee(uint32_t call) {
  slicer_.set_budget(kCalleeSteps);
  NodeId target = slicer_.target(call);
  if (target == kNoIndex) return std::nullopt;
  // Most calls go where an object's table of functions says, and no more can be known.
  if (may_be_respelled(target)) target = with_spilled_bases(target);
  const Node& node = slicer_.pool()[target];
  if (node.kind == NodeKind::Symbol) return Callee{.symbol = node.a, .place = {}};
  if (node.kind == NodeKind::Sum && node.term_count == 0) return callee_at(place_of(node));
  if (node.kind == NodeKind::Load && node.width == 8) return callee_in_constant(slicer_.pool()[node.a]);
  return std::nullopt;
}

// What another file's symbol is in a constant of this one (`__morestack_addr`, of Clang's split stacks in the large
// model).
std::optional<Callee> JumpResolver::callee_in_constant(const Node& address) const {
  const Place slot = address.term_count == 0 ? place_of(address) : Place{};
  if (!view_.relocatable() || !slot.valid() || view_.sections()[slot.section].writable) return std::nullopt;
  const Relocation* relocation = view_.relocation_at(slot.section, static_cast<uint64_t>(slot.offset));
  const bool names = relocation != nullptr && relocation->kind == RelocKind::Abs64 && relocation->addend == 0 &&
                     relocation->symbol != kNoIndex && !relocation->target.valid();
  return names ? std::optional(Callee{.symbol = relocation->symbol, .place = {}}) : std::nullopt;
}

std::optional<Callee> JumpResolver::callee_at(Place place) const {
  if (!view_.is_code(place)) return std::nullopt;
  Callee callee;
  callee.function = view_.function_starting_at(place);
  if (callee.function == kNoIndex) callee.place = place;
  return callee;
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
    if (view_.is_resolver_slot(slot)) {
      resolution.kind = Resolution::Kind::TailCall;
      resolution.callee.indirect = resolution.callee.resolver = true;
      return resolution;
    }
    if (const auto import = descent_.imports().in_slot(slot)) {
      resolution.kind = Resolution::Kind::TailCall;
      resolution.callee = *import;
      // Until it does, in the lazy half of a procedure linkage table: the stub's own rest.
      const auto initial = view_.read(slot, 8);
      const Place lazy = initial ? view_.place_of_address(*initial) : Place{};
      const uint32_t range = lazy.valid() ? descent_.range_of(graph_.insns[jump].range, lazy) : kNoIndex;
      if (range != kNoIndex) resolution.targets.push_back({range, static_cast<uint64_t>(lazy.offset)});
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

// Every label of the family whose address is taken, but for what is known to be for a table.
Resolution JumpResolver::all_labels(uint32_t jump) {
  Resolution resolution;
  if (graph_.ranges[graph_.insns[jump].range].code.inlined) return resolution;
  resolution.targets = labels_taken();
  if (resolution.targets.empty()) return resolution;
  resolution.kind = Resolution::Kind::Labels;
  resolution.approximate = true;
  resolution.sort();
  return resolution;
}

// Whether a value that the program keeps may be the address of a place inside of this code. Before linking, whatever
// becomes one is named where it can be seen. A table whose entries count instructions is a switch's, with the label
// that they are counted from: a program's own differences of labels, and addresses, count bytes.
bool JumpResolver::may_be_label() {
  const auto of_switch = [&](Place place) {
    return known_ && std::ranges::any_of(*known_, [&](const Resolution& r) {
             return r.counts_instructions && std::ranges::find(r.bases, place) != r.bases.end();
           });
  };
  for (uint32_t r = 0; r < graph_.ranges.size(); ++r) {
    const CodeRange& code = graph_.ranges[r].code;
    if (code.inlined) continue;
    if (!std::ranges::all_of(references_.mentions(code.section, code.begin + 1, code.end), of_switch)) return true;
  }
  std::vector<Resolution::Target> named;
  add_named_labels(named, of_switch);
  return !named.empty();
}

// In data or in code, but for what is known to be for a table.
std::vector<Resolution::Target> JumpResolver::labels_taken() {
  std::vector<Resolution::Target> labels;
  for (uint32_t r = 0; r < graph_.ranges.size(); ++r) {
    if (!graph_.ranges[r].code.inlined) add_labels(r, labels);
  }
  add_named_labels(labels, [&](Place place) {
    return known_ && std::ranges::any_of(*known_, [&](const Resolution& r) {
             return std::ranges::find(r.bases, place) != r.bases.end();
           });
  });
  return labels;
}

// Labels that are operands of the family's code, but for those that are `of_table`.
void JumpResolver::add_named_labels(std::vector<Resolution::Target>& labels,
                                    const std::function<bool(Place)>& of_table) const {
  const std::vector<Place> got_anchors = places_that_the_got_is_found_from();
  for (uint32_t insn = 0; insn < graph_.insns.size(); ++insn) {
    const Insn& decoded = view_.insn(graph_.insns[insn].insn);
    if (graph_.ranges[graph_.insns[insn].range].code.inlined) continue;
    for (const MicroOp& op : view_.ops(decoded)) {
      const Place place = view_.address_taken(graph_.place(insn), decoded.length, op);
      const uint32_t range = place.valid() ? descent_.range_of(graph_.insns[insn].range, place) : kNoIndex;
      const bool entry = range == 0 && static_cast<uint64_t>(place.offset) == graph_.ranges[range].code.begin;
      if (range == kNoIndex || entry || of_table(place)) continue;
      if (std::ranges::find(got_anchors, place) != got_anchors.end()) continue;
      labels.push_back({range, static_cast<uint64_t>(place.offset)});
    }
  }
}

// The large code model takes the address of a place in the code only to add the distance to the global offset table.
std::vector<Place> JumpResolver::places_that_the_got_is_found_from() const {
  std::vector<Place> places;
  for (uint32_t insn = 0; insn < graph_.insns.size(); ++insn) {
    const Insn& decoded = view_.insn(graph_.insns[insn].insn);
    for (const MicroOp& op : view_.ops(decoded)) {
      if (!op.relocatable) continue;
      const Operand operand = view_.operand(graph_.place(insn), decoded.length, op);
      if (operand.kind == Operand::Kind::ToGot) places.push_back(operand.place);
    }
  }
  return places;
}

// Where a table begins and ends, with entries for values that the index never has.
std::pair<int64_t, int64_t> JumpResolver::object_of(const JumpTable& table) {
  int64_t begin = table.table.offset, end = begin + int64_t{table.entries} * table.entry_bytes;
  if (!view_.relocatable()) return {begin, end};
  bool sized = false;
  auto object_end = [&](Place place) { return static_cast<int64_t>(this->object_end(place, false, sized)); };
  if (table.origin < table.table && object_end(table.origin) > begin) begin = table.origin.offset;
  return {begin, std::max(end, object_end(table.table))};
}

void JumpResolver::add_labels(uint32_t range, std::vector<Resolution::Target>& targets) {
  const CodeRange& code = graph_.ranges[range].code;
  auto in_known_table = [&](Place source) {
    auto holds = [&](const JumpTable& table) {
      const auto [begin, end] = object_of(table);
      return table.table.section == source.section && source.offset >= begin && source.offset < end;
    };
    return known_ &&
           std::ranges::any_of(*known_, [&](const Resolution& r) { return std::ranges::any_of(r.tables, holds); });
  };
  // The address of the family's entry is a function's; that of a fragment's is a label's (-fbasic-block-sections).
  const uint64_t begin = code.begin + (range == 0 ? 1 : 0);
  for (const References::Label& label : references_.labels(code.section, begin, code.end)) {
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

// Whether SP has been loaded, and not from the own frame, where it may have been spilled: what is jumped to runs in
// another frame (__builtin_longjmp), and is no label of this code.
bool JumpResolver::goes_to_another_frame(uint32_t jump) {
  const NodeId sp = slicer_.before(jump, view_.arch().sp);
  return slicer_.pool()[sp].kind == NodeKind::Load && plausible_pointer_load(sp);
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
