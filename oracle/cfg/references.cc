#include "oracle/cfg/references.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "oracle/cfg/sort_once.h"

namespace objhound::oracle {
namespace {

// Allocated sections that describe code, place by place, and are never jumped through: unwind and exception tables,
// and the tables that patching tools read.
bool describes_code(std::string_view name) {
  constexpr std::array kPrefixes = std::to_array<std::string_view>(
      {".eh_frame", ".gcc_except_table", ".sframe", ".orc_", "__mcount_loc", "__bug_table", ".smp_locks",
       "__patchable_function_entries", ".altinstructions", "__jump_table", "__ex_table", ".kcfi_traps", "__llvm_",
       ".rela", ".dyn", ".gnu", ".note"});
  return std::ranges::any_of(kPrefixes, [&](std::string_view prefix) { return name.starts_with(prefix); });
}

bool holds_data(const Section& section) {
  return section.allocated && !section.executable && !describes_code(section.name);
}

// Whether each address in data has a relocation: in relocatable files, and where the dynamic linker chooses the place
// of the file. (The packed relocations of SHT_RELR stay in their words.)
bool relocates_addresses(const CodeView& view) {
  if (view.relocatable()) return true;
  const std::span<const Section> sections = view.sections();
  if (std::ranges::any_of(sections, [](const Section& section) { return section.name == ".relr.dyn"; })) return false;
  return std::ranges::any_of(sections, [](const Section& section) {
    return std::ranges::any_of(section.relocations, [](const Relocation& relocation) {
      return relocation.kind == RelocKind::Abs64 && relocation.symbol == kNoIndex && relocation.target.valid();
    });
  });
}

}  // namespace

void References::add_label(Place code, Place source) {
  if (view_.is_code(code)) labels_.push_back({code, source});
}

void References::find_labels() {
  const bool all_relocated = relocates_addresses(view_);
  for (uint32_t s = 0; s < view_.sections().size(); ++s) {
    const Section& section = view_.sections()[s];
    if (!holds_data(section)) continue;
    // Whole addresses alone: what a difference (PcRel32) is counted from is not the relocation's to say.
    for (const Relocation& relocation : section.relocations) {
      const bool whole = relocation.kind == RelocKind::Abs64 || relocation.kind == RelocKind::Abs32;
      if (whole && relocation.target.valid())
        add_label(relocation.target, {s, static_cast<int64_t>(relocation.offset)});
    }
    if (all_relocated) continue;
    // A file that is linked to its place: any aligned word that is an address of code may be a label's.
    for (uint64_t offset = 0; offset + 8 <= section.bytes.size(); offset += 8) {
      const Place source{s, static_cast<int64_t>(offset)};
      if (const auto word = view_.read(source, 8); word && *word != 0) add_label(view_.place_of_address(*word), source);
    }
  }
  std::sort(labels_.begin(), labels_.end(), [](const Label& a, const Label& b) { return a.code < b.code; });
}

std::span<const References::Label> References::labels(uint32_t section, uint64_t begin, uint64_t end) {
  std::call_once(have_labels_, [&] { find_labels(); });
  auto before = [](const Label& label, const Place& key) { return label.code < key; };
  auto first = std::lower_bound(labels_.begin(), labels_.end(), Place{section, static_cast<int64_t>(begin)}, before);
  auto last = std::lower_bound(first, labels_.end(), Place{section, static_cast<int64_t>(end)}, before);
  return {first, last};
}

void References::find_mentions() {
  for (const Section& section : view_.sections()) {
    if (!section.allocated || describes_code(section.name)) continue;
    for (const Relocation& relocation : section.relocations) {
      const RelocKind kind = relocation.kind;
      const bool difference = kind == RelocKind::PcRel32 || kind == RelocKind::PcRel64;
      if (kind == RelocKind::None || kind == RelocKind::Branch || (difference && !section.executable)) continue;
      if (!relocation.target.valid() || !view_.sections()[relocation.target.section].executable) continue;
      const uint64_t end = relocation.offset + 4;  // nearly always, as in find_starts()
      const int64_t bias = section.executable ? operand_bias(view_.arch(), kind, end, relocation.offset) : 0;
      mentions_.push_back({relocation.target.section, relocation.target.offset + bias});
    }
  }
  std::sort(mentions_.begin(), mentions_.end());
}

std::span<const Place> References::mentions(uint32_t section, uint64_t begin, uint64_t end) {
  std::call_once(have_mentions_, [&] { find_mentions(); });
  const auto first = std::lower_bound(mentions_.begin(), mentions_.end(), Place{section, static_cast<int64_t>(begin)});
  return {first, std::lower_bound(first, mentions_.end(), Place{section, static_cast<int64_t>(end)})};
}

void References::find_starts() {
  for (const Symbol& symbol : view_.symbols()) {
    if (!symbol.place.valid() || symbol.section_symbol) continue;
    strong_starts_.push_back(symbol.place);
    if (symbol.size != 0 && !symbol.function) objects_.emplace_back(symbol.place, symbol.size);
  }
  for (const Section& section : view_.sections()) {
    if (!section.allocated || describes_code(section.name)) continue;
    for (const Relocation& relocation : section.relocations) {
      const Place target = relocation.target;
      if (!target.valid() || view_.sections()[target.section].executable) continue;
      // In code, nearly every pc-relative field is its instruction's last; behind one that is not, the true start is a
      // little further on, inside an entry that begins before it.
      const uint64_t end = relocation.offset + 4;
      const int64_t bias = section.executable ? operand_bias(view_.arch(), relocation.kind, end, relocation.offset) : 0;
      // The displacement of an indexed access (Abs32) may have taken a constant in.
      const bool weak = section.executable && relocation.kind == RelocKind::Abs32;
      (weak ? starts_ : strong_starts_).push_back({target.section, target.offset + bias});
    }
  }
  starts_.insert(starts_.end(), strong_starts_.begin(), strong_starts_.end());
  sort_once(starts_);
  sort_once(strong_starts_);
  std::sort(objects_.begin(), objects_.end());
}

void References::set_named_by_code(std::span<const Place> names) {
  std::call_once(have_starts_, [&] { find_starts(); });
  if (!complete_) told_starts_ = starts_;
  complete_ = true;
  starts_.clear();
  std::ranges::set_union(told_starts_, names, std::back_inserter(starts_));
}

uint64_t References::object_end(Place place, bool strong, bool& sized) {
  std::call_once(have_starts_, [&] { find_starts(); });
  sized = false;
  auto object = std::upper_bound(objects_.begin(), objects_.end(), place,
                                 [](const Place& key, const auto& entry) { return key < entry.first; });
  if (object != objects_.begin()) {
    const auto& [start, size] = *(object - 1);
    const bool covers = start.section == place.section && static_cast<uint64_t>(place.offset - start.offset) < size;
    if (covers) {
      sized = true;
      return static_cast<uint64_t>(start.offset) + size;
    }
  }
  const uint64_t section_end = view_.sections()[place.section].size;
  const std::vector<Place>& starts = strong ? strong_starts_ : starts_;
  auto next = std::upper_bound(starts.begin(), starts.end(), place);
  if (next == starts.end() || next->section != place.section) return section_end;
  return std::min(section_end, static_cast<uint64_t>(next->offset));
}

bool References::still_hold(std::span<const ObjectEnd> ends) {
  bool sized = false;
  return std::ranges::all_of(ends, [&](const ObjectEnd& at) { return object_end(at.place, false, sized) == at.end; });
}

NamedPlaces::NamedPlaces(const CodeView& view) : view_(view) {
  for (const Section& section : view.sections()) holds_data_.push_back(holds_data(section));
}

void NamedPlaces::add(const Cfg& cfg, std::vector<Place>& names) const {
  auto name = [&](uint64_t address) {
    const Place place = view_.place_of_address(address);
    if (place.valid() && holds_data_[place.section]) names.push_back(place);
  };
  std::array<uint64_t, kMaxRegs> page{};  // what a register holds, where the code names pages; 0: nothing
  bool pages = false;
  for (const CodeInsn& code : cfg.insns) {
    const Insn& insn = view_.insn(code.insn);
    if (!pages && !insn.names_address) continue;
    const Place at{cfg.ranges[code.range].section, static_cast<int64_t>(code.offset)};
    for (const MicroOp& op : view_.ops(insn)) {
      const bool counts_from_pc = op.op == Op::Address || op.a == kPcReg;
      const uint64_t base = op.a < kMaxRegs ? page[op.a] : 0;
      const uint64_t address = counts_from_pc ? static_cast<uint64_t>(view_.operand(at, insn.length, op).value)
                                              : base + static_cast<uint64_t>(op.imm);
      if ((counts_from_pc && !op.page) || (base != 0 && op.op == Op::Add)) name(address);
      const bool writes = op.dst < kMaxRegs && op.op != Op::Store;
      if (writes) page[op.dst] = op.op == Op::Address && op.page ? address : 0;
      pages = pages || (writes && page[op.dst] != 0);
    }
  }
}

void TableExtents::add(Place table, int64_t end) {
  int64_t& known = ends_.try_emplace(table, end).first->second;
  known = std::max(known, end);
}

void TableExtents::add(const TableExtents& others) {
  for (const auto& [table, end] : others.ends_) add(table, end);
}

std::optional<std::pair<Place, int64_t>> TableExtents::before(Place place) const {
  auto after = ends_.lower_bound(place);
  if (after == ends_.begin()) return std::nullopt;
  return *std::prev(after);
}

int64_t TableExtents::end_around(Place place) const {
  const auto table = before(place);
  return table && table->first.section == place.section && place.offset < table->second ? table->second : -1;
}

}  // namespace objhound::oracle
