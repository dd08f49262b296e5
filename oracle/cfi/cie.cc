// What the FDEs of a compilation have in common: how their addresses are encoded, whose exception tables they point to,
// and the row that they begin with (DWARF 5, section 6.4.1; LSB Core 5.0, 10.6.1).

#include <fmt/format.h>
#include <llvm/BinaryFormat/Dwarf.h>

#include "oracle/cfi/reader.h"

namespace objhound::oracle {
namespace dwarf = llvm::dwarf;

void CfiReader::read_cies(const std::vector<CfiEntry>& entries) {
  cies_.clear();
  listed_.clear();
  for (const CfiEntry& entry : entries) {
    if (!entry.is_cie) continue;
    Cie cie = read_cie(entry);
    if (!cie.failure) cie.failure = evaluator_.initial_row(cie);
    if (cie.failure)
      problem({}, fmt::format("the CIE at {}: {}", where(entry.offset), cie.failure->what), cie.failure->unsupported);
    cies_.emplace_hint(cies_.end(), entry.offset, std::move(cie));
  }
}

Cie CfiReader::read_cie(const CfiEntry& entry) {
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

}  // namespace objhound::oracle
