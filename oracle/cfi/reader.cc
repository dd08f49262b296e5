// The entries of .eh_frame and .debug_frame: which code each one covers, and where its instructions stand.
// Sources: DWARF 5, section 6.4.1; Linux Standard Base Core, "DWARF Extensions" and "Exception Frames".
//
// The entries are walked here and not by LLVM's DWARFDebugFrame for two reasons. That class gives up a whole section
// at its first malformed entry, and what is malformed is just what we are to report. And it knows an FDE's code by
// address: in a relocatable object every section begins at address 0, so FDEs of different sections fall together. The
// relocation of the FDE's first field tells them apart. (LLVM's reader stands beside this one in the tests: rows of
// real objects must be equal.)

#include <fmt/format.h>
#include <llvm/BinaryFormat/Dwarf.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "oracle/cfi/address.h"
#include "oracle/cfi/frame_header.h"
#include "oracle/cfi/program.h"
#include "oracle/elf/cursor.h"

namespace objhound::oracle {
namespace {

namespace dwarf = llvm::dwarf;

bool is_eh_frame(const Section& section) { return section.name == ".eh_frame"; }
bool is_unwind(const Section& section) { return is_eh_frame(section) || section.name == ".debug_frame"; }

// Where an entry stands and what it says of itself before anything else is read.
struct Entry {
  uint64_t offset;  // of its length field, in the section
  uint64_t id_at;   // of the CIE id or pointer
  uint64_t body;    // after that
  uint64_t end;
  uint64_t cie;  // FDE: the offset of its CIE
  bool is_cie;
};

}  // namespace

class CfiReader {
 public:
  explicit CfiReader(const ObjectFile& object) : object_(object), evaluator_(object.arch(), rule_limit(object)) {}

  CfiTable read() {
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

 private:
  class SetLoc;

  // Different rows are few: even a section of nothing but distinct rows stays far below this.
  static uint64_t rule_limit(const ObjectFile& object) { return 4096 + 4 * object.bytes().size(); }

  void read_section(uint32_t index);
  std::vector<Entry> walk();
  void read_cies(const std::vector<Entry>& entries);
  Cie read_cie(const Entry& entry);
  std::optional<CfiFailure> read_augmentation(std::string_view letters, Cursor& in, Cie& cie);
  void read_fde(const Entry& entry);
  std::optional<CfiFailure> evaluate(const Cie& cie, const Entry& entry, uint64_t instructions_at, Fde& fde);
  std::string_view personality_name(uint64_t at, uint64_t end, uint8_t encoding) const;
  bool is_compilers_table(Place table) const;
  void read_exceptions(const Cie& cie, const Entry& entry, uint64_t at, uint64_t length, Fde& fde);
  void sort_and_check_overlaps();
  void compare_sections();

  std::string where(uint64_t offset) const { return fmt::format("{}+{:#x}", section_->name, offset); }
  void problem(Place place, std::string what, bool is_unsupported = false) {
    table_.problems_.push_back({place, std::move(what), is_unsupported});
  }
  EncodedAddress read_address(uint64_t at, uint64_t end, uint8_t encoding) const {
    return AddressReader(object_, *section_).read(at, end, encoding);
  }
  const Relocation* relocation_at(uint64_t offset) const {
    return AddressReader(object_, *section_).relocation_at(offset);
  }

  const ObjectFile& object_;
  ProgramEvaluator evaluator_;
  CfiTable table_;
  uint64_t lsda_entries_ = 0;
  // Of the section in work:
  uint32_t section_index_ = kNoIndex;
  const Section* section_ = nullptr;
  bool eh_ = false;
  std::map<uint64_t, Cie> cies_;  // by offset
  std::vector<ListedFde> listed_;
};

void CfiReader::read_section(uint32_t index) {
  section_index_ = index;
  section_ = &object_.sections()[index];
  eh_ = is_eh_frame(*section_);
  const std::vector<Entry> entries = walk();
  read_cies(entries);
  for (const Entry& entry : entries) {
    if (!entry.is_cie) read_fde(entry);
  }
  if (!eh_) return;
  for (HeaderProblem& wrong : check_frame_header(object_, index, listed_)) problem(wrong.place, std::move(wrong.what));
}

// Splits the section into entries by their length fields alone.
std::vector<Entry> CfiReader::walk() {
  std::vector<Entry> entries;
  const uint64_t size = section_->bytes.size();
  for (uint64_t at = 0; at < size;) {
    Cursor in(section_->bytes, at);
    Entry entry{};
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

// --- CIEs -----------------------------------------------------------------------------------------------------------

void CfiReader::read_cies(const std::vector<Entry>& entries) {
  cies_.clear();
  listed_.clear();
  for (const Entry& entry : entries) {
    if (!entry.is_cie) continue;
    Cie cie = read_cie(entry);
    if (!cie.failure) cie.failure = evaluator_.initial_row(cie);
    if (cie.failure)
      problem({}, fmt::format("the CIE at {}: {}", where(entry.offset), cie.failure->what), cie.failure->unsupported);
    cies_.emplace_hint(cies_.end(), entry.offset, std::move(cie));
  }
}

Cie CfiReader::read_cie(const Entry& entry) {
  Cie cie;
  Cursor in(section_->bytes.first(entry.end), entry.body);
  const uint8_t version = in.fixed<uint8_t>();
  if (version != 1 && version != 3 && version != 4) {
    cie.failure = CfiFailure{fmt::format("version {} is not known", version)};
    return cie;
  }
  std::string_view letters = in.text();
  // GCC before 3.0 has a pointer to its exception table here (LSB Core 5.0, 10.6.1.1.1).
  if (letters.starts_with("eh")) {
    in.fixed<uint64_t>();
    letters.remove_prefix(2);
  }
  if (version == 4) {
    const uint8_t address_size = in.fixed<uint8_t>(), segment_size = in.fixed<uint8_t>();
    if (address_size != 8 || segment_size != 0) {
      cie.failure = CfiFailure{fmt::format("addresses of {} bytes in segments of {}", address_size, segment_size)};
      return cie;
    }
  }
  cie.code_alignment = in.uleb();
  cie.data_alignment = in.sleb();
  const uint64_t return_column = version == 1 ? in.fixed<uint8_t>() : in.uleb();
  cie.failure = read_augmentation(letters, in, cie);
  if (!cie.failure && !in.ok()) cie.failure = CfiFailure{"it is cut short"};
  if (!cie.failure && reg_from_dwarf(object_.arch(), return_column) != object_.arch().return_address)
    cie.failure = CfiFailure{fmt::format("the return address is in column {}", return_column), true};
  if (in.ok()) cie.instructions = section_->bytes.subspan(in.offset(), entry.end - in.offset());
  return cie;
}

// The letters say what the block of augmentation data holds, in order.
std::optional<CfiFailure> CfiReader::read_augmentation(std::string_view letters, Cursor& in, Cie& cie) {
  if (letters.empty()) {
    cie.pointer_encoding = dwarf::DW_EH_PE_absptr;
    return {};
  }
  if (letters[0] != 'z') return CfiFailure{fmt::format("augmentation \"{}\" is not known", letters), true};
  cie.augmentation_data = true;
  const uint64_t length = in.uleb();
  const uint64_t begin = in.offset();
  Cursor data(in.take(length));
  uint8_t encoding = dwarf::DW_EH_PE_absptr;
  bool unknown = false;
  for (const char letter : letters.substr(1)) {
    switch (letter) {
      case 'R':
        encoding = data.fixed<uint8_t>();
        break;
      case 'L':
        cie.lsda_encoding = data.fixed<uint8_t>();
        break;
      case 'P': {
        const uint8_t personality = data.fixed<uint8_t>();
        if (!data.ok()) break;
        const uint64_t at = begin + data.offset();
        data.take(read_address(at, begin + length, personality).length);
        if (data.ok()) cie.personality = personality_name(at, begin + length, personality);
        break;
      }
      case 'S':
        cie.signal_frame = true;
        break;
      case 'B':  // return addresses are signed with the B key
      case 'G':  // the frame is tagged
        break;
      default:
        unknown = true;  // what it brings stands behind what is known
    }
    if (unknown) break;
  }
  if (!data.ok()) return CfiFailure{"its augmentation data is cut short"};
  cie.pointer_encoding = encoding;
  if (unknown) return CfiFailure{fmt::format("augmentation \"{}\" is not known", letters), true};
  return {};
}

// The pointer is nearly always indirect, through a slot DW.ref.<name> that the dynamic linker fills.
std::string_view CfiReader::personality_name(uint64_t at, uint64_t end, uint8_t encoding) const {
  constexpr std::string_view kSlot = "DW.ref.";
  auto name_of = [&](const Relocation* relocation) -> std::string_view {
    if (!relocation || relocation->symbol == kNoIndex) return {};
    std::string_view name = object_.symbols()[relocation->symbol].name;
    if (name.starts_with(kSlot)) name.remove_prefix(kSlot.size());
    return name;
  };
  if (object_.relocatable()) return name_of(relocation_at(at));
  Place place = read_address(at, end, encoding & ~dwarf::DW_EH_PE_indirect).place;
  if (place.valid() && (encoding & dwarf::DW_EH_PE_indirect)) {
    const Section& slots = object_.sections()[place.section];
    const uint64_t slot = static_cast<uint64_t>(place.offset);
    if (const Relocation* relocation = AddressReader(object_, slots).relocation_at(slot)) {
      if (relocation->symbol != kNoIndex) return name_of(relocation);
      place = relocation->target;
    } else {
      Cursor in(slots.bytes, slot);
      place = object_.place_of_address(in.fixed<uint64_t>());
    }
  }
  const uint32_t function = place.valid() ? object_.function_starting_at(place) : kNoIndex;
  return function == kNoIndex ? std::string_view() : object_.functions()[function].name;
}

// --- FDEs -----------------------------------------------------------------------------------------------------------

void CfiReader::read_fde(const Entry& entry) {
  auto fail = [&](Place place, const CfiFailure& why) {
    problem(place, fmt::format("the FDE at {}: {}", where(entry.offset), why.what), why.unsupported);
  };
  const auto found = cies_.find(entry.cie);
  if (found == cies_.end()) {
    const bool inside = entry.cie < section_->bytes.size();
    return fail({}, {"there is no CIE " + (inside ? "at " + where(entry.cie) : "where it points to")});
  }
  const Cie& cie = found->second;
  const uint8_t encoding = eh_ ? cie.pointer_encoding : uint8_t{dwarf::DW_EH_PE_absptr};
  if (encoding == dwarf::DW_EH_PE_omit) {
    if (!cie.failure) return fail({}, {"its CIE says that it has no address"});
    // What stands behind an unknown augmentation is not known; that the entry describes some code is.
    table_.incomplete_ = table_.incomplete_ || cie.failure->unsupported;
    const Relocation* relocation = object_.relocatable() ? relocation_at(entry.body) : nullptr;
    return fail(relocation ? relocation->target : Place{}, {"its CIE: " + cie.failure->what, cie.failure->unsupported});
  }

  const EncodedAddress begin = read_address(entry.body, entry.end, encoding);
  if (begin.dead) return;
  if (!begin.trouble.empty()) {
    table_.incomplete_ = table_.incomplete_ || begin.unsupported;
    return fail({}, {begin.trouble, begin.unsupported});
  }

  // The size is encoded like the address, but is a plain number.
  const uint64_t size_at = entry.body + begin.length;
  const std::span<const uint8_t> bytes = section_->bytes.first(entry.end);
  Cursor in(bytes, size_at);
  uint64_t size = 0;
  switch (begin.length) {
    case 2:
      size = in.fixed<uint16_t>();
      break;
    case 4:
      size = in.fixed<uint32_t>();
      break;
    case 8:
      size = in.fixed<uint64_t>();
      break;
    default:
      size = in.uleb();
  }
  const uint64_t augmentation_length = cie.augmentation_data ? in.uleb() : 0;
  const uint64_t augmentation_at = in.offset();
  in.take(augmentation_length);
  if (!in.ok()) return fail(begin.place, {"it is cut short"});
  const Relocation* of_size = object_.relocatable() ? relocation_at(size_at) : nullptr;
  if (of_size && of_size->kind != RelocKind::None) {
    table_.incomplete_ = true;
    return fail(begin.place, {"its size has a relocation", true});
  }
  const Section& code = object_.sections()[begin.place.section];
  if (begin.place.offset < 0 || static_cast<uint64_t>(begin.place.offset) > code.size ||
      size > code.size - static_cast<uint64_t>(begin.place.offset)) {
    return fail(begin.place, {fmt::format("it covers {:#x} to {:#x} of {}, which ends at {:#x}", begin.place.offset,
                                          static_cast<uint64_t>(begin.place.offset) + size, code.name, code.size)});
  }
  if (eh_) listed_.push_back({entry.offset, begin.place, size});
  if (size == 0) return;  // of a function without instructions
  if (!code.executable) return fail(begin.place, {fmt::format("it covers {}, which is no code", code.name)});

  Fde fde;
  fde.begin = begin.place;
  fde.size = size;
  fde.signal_frame = cie.signal_frame;
  fde.unwind_section = section_index_;
  fde.entry_offset = entry.offset;
  fde.first_row = static_cast<uint32_t>(table_.row_starts_.size());
  fde.first_pushed = static_cast<uint32_t>(table_.pushed_.size());
  std::optional<CfiFailure> failure = evaluate(cie, entry, in.offset(), fde);
  if (failure) {
    table_.row_starts_.resize(fde.first_row);
    table_.pushed_.resize(fde.first_pushed);
    fail(fde.begin, *failure);
  }
  fde.pushed_count = static_cast<uint32_t>(table_.pushed_.size() - fde.first_pushed);
  read_exceptions(cie, entry, augmentation_at, augmentation_length, fde);
  fde.row_count = static_cast<uint32_t>(table_.row_starts_.size() - fde.first_row);
  table_.fdes_.push_back(fde);
}

// A stripped file does not name the personality that it brings along (Rust's libraries do). But compilers write the
// same layout into this section for every personality that is reached by an FDE: GCC's except.cc
// (output_one_function_exception_table), LLVM's EHStreamer::emitExceptionTable.
bool CfiReader::is_compilers_table(Place table) const {
  return !object_.relocatable() && table.valid() && object_.sections()[table.section].name == ".gcc_except_table";
}

// The FDE's augmentation data begins with the pointer to its exception table; a null one says that it has none.
void CfiReader::read_exceptions(const Cie& cie, const Entry& entry, uint64_t at, uint64_t length, Fde& fde) {
  fde.first_call_site = static_cast<uint32_t>(table_.call_sites_.size());
  if (cie.lsda_encoding == dwarf::DW_EH_PE_omit || !eh_) return;
  const EncodedAddress pointer = read_address(at, at + length, cie.lsda_encoding);
  if (pointer.null) return;
  Lsda lsda;
  // An entry takes four bytes; a file whose FDEs share tables that they cannot share is not read for ever.
  if (lsda_entries_ > object_.bytes().size()) {
    lsda.trouble = "the file has more call sites than bytes";
    lsda.unsupported = true;
  } else if (pointer.trouble.empty()) {
    lsda = read_lsda(object_, pointer.place, fde.begin, fde.size);
  } else {
    lsda.trouble = pointer.trouble;
    lsda.unsupported = pointer.unsupported;
  }
  lsda_entries_ += lsda.entries;
  const bool certain = reads_lsda(cie.personality) || (cie.personality.empty() && is_compilers_table(pointer.place));
  fde.call_sites_unread = !lsda.trouble.empty();
  if (fde.call_sites_unread)
    return problem(fde.begin,
                   fmt::format("the exception table of the FDE at {}: {}", where(entry.offset), lsda.trouble),
                   lsda.unsupported || !certain);
  fde.call_sites_certain = certain;
  table_.call_sites_.insert(table_.call_sites_.end(), lsda.call_sites.begin(), lsda.call_sites.end());
  fde.call_site_count = static_cast<uint32_t>(table_.call_sites_.size() - fde.first_call_site);
}

// DW_CFA_set_loc in the FDE in work.
class CfiReader::SetLoc : public LocationReader {
 public:
  SetLoc(const CfiReader& reader, const Fde& fde, uint8_t encoding, uint64_t end)
      : reader_(reader), fde_(fde), encoding_(encoding), end_(end) {}

  std::optional<Location> read(std::span<const uint8_t> operand) const override {
    const EncodedAddress address = reader_.read_address(end_ - operand.size(), end_, encoding_);
    used_++;
    if (!address.trouble.empty() || address.place.section != fde_.begin.section) return {};
    if (address.place.offset < fde_.begin.offset) return {};
    return Location{static_cast<uint64_t>(address.place.offset - fde_.begin.offset), address.length};
  }
  size_t used() const { return used_; }

 private:
  const CfiReader& reader_;
  const Fde& fde_;
  uint8_t encoding_;
  uint64_t end_;
  mutable size_t used_ = 0;
};

std::optional<CfiFailure> CfiReader::evaluate(const Cie& cie, const Entry& entry, uint64_t instructions_at, Fde& fde) {
  if (cie.failure) return CfiFailure{"its CIE: " + cie.failure->what, cie.failure->unsupported};
  const uint8_t encoding = eh_ ? cie.pointer_encoding : uint8_t{dwarf::DW_EH_PE_absptr};
  const SetLoc locations(*this, fde, encoding, entry.end);
  const std::span<const uint8_t> instructions = section_->bytes.subspan(instructions_at, entry.end - instructions_at);
  std::optional<CfiFailure> failure =
      evaluator_.rows(cie, instructions, fde.size, locations, table_.row_starts_, table_.pushed_);
  if (failure || !object_.relocatable()) return failure;
  // Where the linker still changes code, as it does on some architectures, distances in the rows have relocations too.
  const std::span<const Relocation> found = section_->relocations_in(instructions_at, entry.end);
  const auto real = std::ranges::count_if(found, [](const Relocation& r) { return r.kind != RelocKind::None; });
  if (static_cast<size_t>(real) != locations.used()) return CfiFailure{"its instructions have relocations", true};
  return {};
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

CfiTable CfiTable::read(const ObjectFile& object) { return CfiReader(object).read(); }

}  // namespace objhound::oracle
