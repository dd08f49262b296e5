#include "oracle/cfg/code_view.h"

#include <algorithm>
#include <tuple>

namespace objhound::oracle {

FunctionIndex::FunctionIndex(std::span<const Section> sections, std::span<const Function> functions)
    : sections_(sections.size()), functions_(static_cast<uint32_t>(functions.size())) {
  for (uint32_t next = 0; next < functions_;) {
    const uint32_t section = functions[next].section;
    Buckets& buckets = sections_[section];
    buckets = {first_.size(), (sections[section].bytes.size() >> kBucketBits) + 1};
    for (size_t b = 0; b <= buckets.count; ++b) {
      while (next < functions_ && functions[next].section == section && functions[next].offset < b << kBucketBits)
        ++next;
      first_.push_back(next);
    }
    while (next < functions_ && functions[next].section == section) ++next;
  }
}

std::pair<uint32_t, uint32_t> FunctionIndex::around(uint32_t section, uint64_t offset) const {
  if (section >= sections_.size()) return {0, functions_};
  const Buckets& buckets = sections_[section];
  const uint64_t bucket = offset >> kBucketBits;
  if (bucket >= buckets.count) return {0, functions_};
  return {first_[buckets.begin + bucket], first_[buckets.begin + bucket + 1]};
}

CodeView::CodeView(const Arch& arch, bool relocatable, std::span<const Section> sections,
                   std::span<const Symbol> symbols, std::span<const Function> functions, InsnSource& source)
    : arch_(arch),
      relocatable_(relocatable),
      sections_(sections),
      symbols_(symbols),
      functions_(functions),
      source_(source),
      pool_(source.pool()),
      index_(std::make_shared<FunctionIndex>(sections, functions)) {
  for (uint32_t i = 0; i < symbols.size(); ++i) {
    // Clang gives its fragments no type.
    const bool function = symbols[i].function || !fragment_parent_name(symbols[i].name).empty();
    if (function && symbols[i].size == 0 && symbols[i].place.valid()) empty_.emplace_back(symbols[i].place, i);
  }
  std::sort(empty_.begin(), empty_.end());
  if (relocatable) return;
  for (uint32_t i = 0; i < sections.size(); ++i) {
    if (sections[i].allocated && sections[i].size != 0) by_address_.emplace_back(sections[i].address, i);
  }
  std::sort(by_address_.begin(), by_address_.end());
  find_resolver_slot();
}

CodeView::CodeView(const CodeView& other, InsnSource& source)
    : arch_(other.arch_),
      relocatable_(other.relocatable_),
      sections_(other.sections_),
      symbols_(other.symbols_),
      functions_(other.functions_),
      source_(source),
      pool_(source.pool()),
      index_(other.index_),
      empty_(other.empty_),
      resolver_slot_(other.resolver_slot_),
      by_address_(other.by_address_) {}

// The third word of the table that the dynamic section's DT_PLTGOT points to (System V psABI x86-64 5.2, ELF for the
// Arm 64-bit Architecture, "Procedure linkage table").
void CodeView::find_resolver_slot() {
  constexpr uint64_t kPltGot = 3;  // DT_PLTGOT
  for (uint32_t i = 0; i < sections_.size(); ++i) {
    if (sections_[i].name != ".dynamic") continue;
    for (int64_t at = 0;; at += 16) {
      const auto tag = read({i, at}, 8), value = read({i, at + 8}, 8);
      if (!tag || !value || *tag == 0) break;
      if (*tag == kPltGot) resolver_slot_ = place_of_address(*value + 16);
    }
  }
}

uint32_t CodeView::function_at(Place place) const {
  if (place.offset < 0) return kNoIndex;
  const uint64_t offset = static_cast<uint64_t>(place.offset);
  const auto [first, last] = index_->around(place.section, offset);
  auto after = std::upper_bound(functions_.begin() + first, functions_.begin() + last, std::tie(place.section, offset),
                                [](const auto& key, const Function& f) { return key < std::tie(f.section, f.offset); });
  if (after == functions_.begin()) return kNoIndex;
  const Function& function = *(after - 1);
  if (function.section != place.section || offset >= function.end()) return kNoIndex;
  return static_cast<uint32_t>(after - 1 - functions_.begin());
}

uint32_t CodeView::function_starting_at(Place place) const {
  const uint32_t index = function_at(place);
  return index != kNoIndex && starts_at(index, place) ? index : kNoIndex;
}

bool CodeView::is_code(Place place) const {
  return place.section < sections_.size() && sections_[place.section].executable && place.offset >= 0 &&
         static_cast<uint64_t>(place.offset) < sections_[place.section].size;
}

bool CodeView::is_empty_fragment(Place place, std::string_view parent) const {
  auto at = std::lower_bound(empty_.begin(), empty_.end(), std::pair(place, uint32_t{0}));
  for (; at != empty_.end() && at->first == place; ++at) {
    const std::string_view name = symbols_[at->second].name;
    if (name.size() > parent.size() && name.starts_with(parent) && name[parent.size()] == '.') return true;
  }
  return false;
}

Place CodeView::place_of_address(uint64_t address) const {
  auto after = std::upper_bound(by_address_.begin(), by_address_.end(), address,
                                [](uint64_t key, const auto& entry) { return key < entry.first; });
  if (after == by_address_.begin()) return {};
  const auto [start, section] = *(after - 1);
  if (address - start >= sections_[section].size) return {};
  return {section, static_cast<int64_t>(address - start)};
}

uint64_t CodeView::address_of(Place place) const {
  return sections_[place.section].address + static_cast<uint64_t>(place.offset);
}

int64_t CodeView::immediate(Place at, const MicroOp& op) const {
  if (!op.displaced) return op.imm;
  const auto field = read({at.section, at.offset + op.imm_at}, sizeof(int32_t));
  return op.imm + static_cast<int32_t>(field.value_or(0));
}

Operand CodeView::operand(Place at, unsigned length, const MicroOp& op) const {
  if (relocatable_ && op.relocatable) {
    const Relocation* relocation = relocation_at(at.section, static_cast<uint64_t>(at.offset) + op.imm_at);
    if (relocation) return relocated(at, length, op, *relocation);
  }
  Operand operand;
  if (!counts_from_pc(op)) {
    operand.value = op.imm;
    return operand;
  }
  const int64_t displacement = immediate(at, op);
  operand.kind = Operand::Kind::Location;
  if (relocatable_) {
    // Pages are only known after linking; without a relocation this is nothing that a compiler writes.
    if (op.page) operand.kind = Operand::Kind::Unknown;
    operand.place = {at.section, at.offset + displacement};
    return operand;
  }
  constexpr uint64_t kPageMask = 0xfff;
  uint64_t pc = address_of(at);
  if (op.page) pc &= ~kPageMask;
  const bool branch = op.op == Op::Jump || op.op == Op::Branch || op.op == Op::Call;
  const uint64_t address = pc + static_cast<uint64_t>(displacement);
  if (branch) {
    operand.place = place_of_address(address);
    if (!operand.place.valid()) operand.place = {at.section, at.offset + displacement};
  } else {
    operand.kind = Operand::Kind::Number;
    operand.value = static_cast<int64_t>(address);
  }
  return operand;
}

Place CodeView::address_taken(Place at, unsigned length, const MicroOp& op) const {
  if (op.op == Op::StoreConst) {
    if (!second_is_relocated(at, op)) return {};
    const Relocation& constant = *relocation_at(at.section, static_cast<uint64_t>(at.offset) + op.imm2_at);
    const bool whole = constant.kind == RelocKind::Abs32 || constant.kind == RelocKind::Abs64;
    return whole ? constant.target : Place{};
  }
  const bool may_take =
      op.op == Op::Address || ((op.op == Op::Const || op.op == Op::Add || op.op == Op::Or) && op.relocatable);
  if (!may_take) return {};
  const Operand operand = this->operand(at, length, op);
  if (operand.kind == Operand::Kind::Location || operand.kind == Operand::Kind::FromGot) return operand.place;
  const bool is_address = operand.kind == Operand::Kind::Number && op.op == Op::Address && !op.page && !relocatable_;
  return is_address ? place_of_address(static_cast<uint64_t>(operand.value)) : Place{};
}

Operand CodeView::relocated(Place at, unsigned length, const MicroOp& op, const Relocation& relocation) const {
  const uint64_t end = static_cast<uint64_t>(at.offset) + length;
  const int64_t bias = operand_bias(arch_, relocation.kind, end, relocation.offset);
  Operand operand;
  operand.place = relocation.target;
  if (operand.place.valid()) operand.place.offset += bias;
  operand.symbol = relocation.symbol;
  operand.value = relocation.addend + bias;
  const Operand::Kind plain = operand.place.valid() ? Operand::Kind::Location : Operand::Kind::External;
  switch (relocation.kind) {
    case RelocKind::Abs64:
    case RelocKind::Abs32:
    case RelocKind::PcRel32:
    case RelocKind::PcRel64:
    case RelocKind::Branch:
    case RelocKind::Low12:
    case RelocKind::LastChunk:
      operand.kind = plain;
      break;
    case RelocKind::Page:
    case RelocKind::Chunk:
      operand.kind = Operand::Kind::PageOf;
      break;
    case RelocKind::Got:
      operand.kind = Operand::Kind::GotSlot;
      break;
    case RelocKind::GotBase: {
      // A displacement counts from the instruction; a number that is moved into a register, from its own place.
      const bool displacement = counts_from_pc(op);
      operand.kind = displacement ? Operand::Kind::GotBase : Operand::Kind::ToGot;
      operand.value = relocation.addend + (displacement ? bias : 0);
      operand.symbol = kNoIndex;
      operand.place = {};
      if (!displacement) {
        operand.place = {at.section, static_cast<int64_t>(relocation.offset) - relocation.addend};
        operand.value = 0;
      }
      break;
    }
    case RelocKind::GotOffset:
      operand.kind = Operand::Kind::FromGot;
      break;
    case RelocKind::GotSlotOffset:
      operand.kind = relocation.addend == 0 ? Operand::Kind::FromGotToSlot : Operand::Kind::Unknown;
      break;
    case RelocKind::None:
      operand.kind = Operand::Kind::Number;
      operand.value = immediate(at, op);
      break;
    case RelocKind::Other:
      operand.kind = Operand::Kind::Unknown;
      break;
  }
  if (operand.kind == Operand::Kind::External && operand.symbol == kNoIndex) operand.kind = Operand::Kind::Unknown;
  return operand;
}

const Relocation* CodeView::relocation_at(uint32_t section, uint64_t offset) const {
  const std::vector<Relocation>& relocations = sections_[section].relocations;
  auto at = std::lower_bound(relocations.begin(), relocations.end(), offset,
                             [](const Relocation& r, uint64_t key) { return r.offset < key; });
  for (; at != relocations.end() && at->offset == offset; ++at) {
    if (at->kind != RelocKind::None) return &*at;
  }
  return nullptr;
}

std::optional<uint64_t> CodeView::read(Place place, unsigned width) const {
  if (place.section >= sections_.size() || place.offset < 0 || width > 8) return std::nullopt;
  const std::span<const uint8_t> bytes = sections_[place.section].bytes;
  const uint64_t offset = static_cast<uint64_t>(place.offset);
  if (offset >= bytes.size() || bytes.size() - offset < width) return std::nullopt;
  uint64_t value = 0;
  for (unsigned i = width; i-- > 0;) value = value << 8 | bytes[offset + i];
  return value;
}

}  // namespace objhound::oracle
