// The code that an entry covers, the rows of its instructions, and its exception table (DWARF 5, section 6.4.1; LSB
// Core 5.0, 10.6.1).

#include <fmt/format.h>
#include <llvm/BinaryFormat/Dwarf.h>

#include <algorithm>

#include "oracle/cfi/reader.h"

namespace objhound::oracle {
namespace dwarf = llvm::dwarf;

void CfiReader::read_fde(const CfiEntry& entry) {
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
  fde.first_operation = static_cast<uint32_t>(table_.operations_.size());
  std::optional<CfiFailure> failure = evaluate(cie, entry, in.offset(), fde);
  if (failure) {
    table_.row_starts_.resize(fde.first_row);
    table_.pushed_.resize(fde.first_pushed);
    table_.operations_.resize(fde.first_operation);
    fail(fde.begin, *failure);
  }
  fde.operation_count = static_cast<uint32_t>(table_.operations_.size() - fde.first_operation);
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
void CfiReader::read_exceptions(const Cie& cie, const CfiEntry& entry, uint64_t at, uint64_t length, Fde& fde) {
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

std::optional<CfiFailure> CfiReader::evaluate(const Cie& cie, const CfiEntry& entry, uint64_t instructions_at,
                                              Fde& fde) {
  if (cie.failure) return CfiFailure{"its CIE: " + cie.failure->what, cie.failure->unsupported};
  const uint8_t encoding = eh_ ? cie.pointer_encoding : uint8_t{dwarf::DW_EH_PE_absptr};
  const SetLoc locations(*this, fde, encoding, entry.end);
  const std::span<const uint8_t> instructions = section_->bytes.subspan(instructions_at, entry.end - instructions_at);
  std::optional<CfiFailure> failure = evaluator_.rows(cie, instructions, fde.size, locations, table_.row_starts_,
                                                      table_.pushed_, keep_operations_ ? &table_.operations_ : nullptr);
  if (failure || !object_.relocatable()) return failure;
  // Where the linker still changes code, as it does on some architectures, distances in the rows have relocations too.
  const std::span<const Relocation> found = section_->relocations_in(instructions_at, entry.end);
  const auto real = std::ranges::count_if(found, [](const Relocation& r) { return r.kind != RelocKind::None; });
  if (static_cast<size_t>(real) != locations.used()) return CfiFailure{"its instructions have relocations", true};
  return {};
}

}  // namespace objhound::oracle
