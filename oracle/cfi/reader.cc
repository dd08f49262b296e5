// The entries of .eh_frame and .debug_frame: which code each one covers, and where its instructions stand.
// Sources: DWARF 5, section 6.4.1; Linux Standard Base Core, "DWARF Extensions" and "Exception Frames".
//
// The entries are walked here and not by LLVM's DWARFDebugFrame for two reasons. That class gives up a whole section
// at its first malformed entry, and what is malformed is just what we are to report. And it knows an FDE's code by
// address: in a relocatable object every section begins at address 0, so FDEs of different sections fall together. The
// relocation of the FDE's first field tells them apart. (LLVM's reader stands beside this one in the tests: rows of
// real objects must be equal.)

#include "oracle/cfi/reader.h"

#include <fmt/format.h>
#include <llvm/BinaryFormat/Dwarf.h>

#include <algorithm>
#include <tuple>

namespace objhound::oracle {
namespace {

namespace dwarf = llvm::dwarf;

bool is_unwind(const Section& section) { return is_eh_frame(section) || section.name == ".debug_frame"; }

}  // namespace

CfiTable CfiReader::read() {
  for (uint32_t i = 0; i < object_.sections().size(); i++) {
    const Section& section = object_.sections()[i];
    if (!is_unwind(section) || section.bytes.empty()) continue;
    table_.present_ = true;
    read_section(i);
  }
  sort_and_check_overlaps();
  table_.rows_ = evaluator_.row_interner().take();
  table_.expressions_ = evaluator_.expression_interner().take_ranges();
  table_.expression_ops_ = evaluator_.expression_interner().take_ops();
  return std::move(table_);
}

void CfiReader::read_section(uint32_t index) {
  section_index_ = index;
  section_ = &object_.sections()[index];
  eh_ = is_eh_frame(*section_);
  const std::vector<CfiEntry> entries = walk();
  table_.fdes_.reserve(table_.fdes_.size() + entries.size());
  // Hardly any row takes less than five bytes of its entry.
  table_.row_starts_.reserve(table_.row_starts_.size() + section_->bytes.size() / 5);
  read_cies(entries);
  for (const CfiEntry& entry : entries) {
    if (!entry.is_cie) read_fde(entry);
  }
  if (!eh_) return;
  for (HeaderProblem& wrong : check_frame_header(object_, index, listed_)) problem(wrong.place, std::move(wrong.what));
}

// Splits the section into entries by their length fields alone.
std::vector<CfiEntry> CfiReader::walk() {
  std::vector<CfiEntry> entries;
  const uint64_t size = section_->bytes.size();
  for (uint64_t at = 0; at < size;) {
    Cursor in(section_->bytes, at);
    CfiEntry entry{};
    entry.offset = at;
    uint64_t length = in.fixed<uint32_t>();
    const bool wide = length == dwarf::DW_LENGTH_DWARF64;
    if (wide) length = in.fixed<uint64_t>();
    if (in.ok() && length == 0 && !wide) {  // a terminator; relocatable links leave them in the middle
      at = in.offset();
      continue;
    }
    entry.id_at = in.offset();
    // The LSB keeps the id of .eh_frame at four bytes, whatever the length.
    const bool wide_id = wide && !eh_;
    const uint64_t id = wide_id ? in.fixed<uint64_t>() : in.fixed<uint32_t>();
    entry.body = in.offset();
    if (!in.ok() || length > size - entry.id_at || length < entry.body - entry.id_at) {
      problem({}, fmt::format("the entry at {} does not fit into its section: its length is {:#x}, {:#x} are left",
                              where(at), length, size - at));
      break;
    }
    entry.end = entry.id_at + length;
    entry.is_cie = id == (eh_ ? 0 : wide_id ? dwarf::DW64_CIE_ID : dwarf::DW_CIE_ID);
    entry.cie = eh_ ? entry.id_at - id : id;
    if (const Relocation* relocation = eh_ ? nullptr : relocation_at(entry.id_at)) {
      if (relocation->target.section == section_index_) entry.cie = static_cast<uint64_t>(relocation->target.offset);
    }
    entries.push_back(entry);
    at = entry.end;
  }
  return entries;
}

// Sorts by place; of two FDEs with one begin the one of .eh_frame comes last, where fde_at finds it first.
void CfiReader::sort_and_check_overlaps() {
  auto from_eh = [&](const Fde& fde) { return is_eh_frame(object_.sections()[fde.unwind_section]); };
  std::ranges::stable_sort(table_.fdes_, [&](const Fde& a, const Fde& b) {
    return std::tuple(a.begin, from_eh(a)) < std::tuple(b.begin, from_eh(b));
  });
  // Linkers that fold COMDAT functions keep the FDEs of all copies in .debug_frame and let them point to the one that
  // is left. (What they do to .eh_frame is exact.)
  auto same = [&](const Fde& a, const Fde& b) {
    return !from_eh(a) && !from_eh(b) && a.begin == b.begin && a.size == b.size;
  };
  table_.fdes_.erase(std::unique(table_.fdes_.begin(), table_.fdes_.end(), same), table_.fdes_.end());

  compare_sections();
  const Fde* furthest[2] = {nullptr, nullptr};  // of each kind of section, the FDE that reaches furthest so far
  for (const Fde& fde : table_.fdes_) {
    const Fde*& last = furthest[from_eh(fde)];
    const bool same_section = last && last->begin.section == fde.begin.section;
    const uint64_t distance = same_section ? static_cast<uint64_t>(fde.begin.offset - last->begin.offset) : 0;
    if (same_section && distance < last->size) {
      section_ = &object_.sections()[fde.unwind_section];
      problem(fde.begin, fmt::format("the FDEs at {} and {} cover the same code", where(last->entry_offset),
                                     where(fde.entry_offset)));
    }
    if (!same_section || distance + fde.size > last->size) last = &fde;
  }
}

// The same directives make both sections: where both describe a function, they say the same.
void CfiReader::compare_sections() {
  for (size_t i = 1; i < table_.fdes_.size(); i++) {
    const Fde &debug = table_.fdes_[i - 1], &eh = table_.fdes_[i];
    if (!(debug.begin == eh.begin) || debug.unwind_section == eh.unwind_section) continue;
    if (debug.row_count == 0 || eh.row_count == 0) continue;
    const std::span<const RowStart> one = table_.rows_of(debug), other = table_.rows_of(eh);
    const auto [a, b] = std::ranges::mismatch(
        one, other, [](const RowStart& x, const RowStart& y) { return x.offset == y.offset && x.row == y.row; });
    if (a == one.end() && b == other.end() && debug.size == eh.size) continue;
    const uint64_t at = std::min(a == one.end() ? debug.size : a->offset, b == other.end() ? eh.size : b->offset);
    problem({eh.begin.section, eh.begin.offset + static_cast<int64_t>(at)},
            fmt::format("the FDEs at {}+{:#x} and {}+{:#x} describe the same code differently",
                        object_.sections()[debug.unwind_section].name, debug.entry_offset,
                        object_.sections()[eh.unwind_section].name, eh.entry_offset));
  }
}

CfiTable CfiTable::read(const ObjectFile& object, bool keep_operations) {
  return CfiReader(object, keep_operations).read();
}

}  // namespace objhound::oracle
