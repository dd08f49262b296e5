#include "oracle/cfi/address.h"

#include <fmt/format.h>
#include <llvm/BinaryFormat/Dwarf.h>

#include <algorithm>

#include "oracle/elf/cursor.h"

namespace objhound::oracle {

namespace dwarf = llvm::dwarf;

EncodedAddress AddressReader::read(uint64_t at, uint64_t end, uint8_t encoding) const {
  EncodedAddress address;
  Cursor in(section_.bytes.first(end), at);
  uint64_t value = 0;
  switch (encoding & 0x0f) {
    case dwarf::DW_EH_PE_absptr:
    case dwarf::DW_EH_PE_udata8:
    case dwarf::DW_EH_PE_sdata8:
      value = in.fixed<uint64_t>();
      break;
    case dwarf::DW_EH_PE_uleb128:
      value = in.uleb();
      break;
    case dwarf::DW_EH_PE_sleb128:
      value = static_cast<uint64_t>(in.sleb());
      break;
    case dwarf::DW_EH_PE_udata2:
      value = in.fixed<uint16_t>();
      break;
    case dwarf::DW_EH_PE_sdata2:
      value = static_cast<uint64_t>(int64_t{in.fixed<int16_t>()});
      break;
    case dwarf::DW_EH_PE_udata4:
      value = in.fixed<uint32_t>();
      break;
    case dwarf::DW_EH_PE_sdata4:
      value = static_cast<uint64_t>(int64_t{in.fixed<int32_t>()});
      break;
    default:
      address.trouble = fmt::format("the pointer encoding {:#04x} is not known", encoding);
      return address;
  }
  if (!in.ok()) {
    address.trouble = "its address is cut short";
    return address;
  }
  const uint64_t length = in.offset() - at;
  if (object_.relocatable()) {
    if (const Relocation* relocation = relocation_at(at)) return relocated(*relocation, length);
    address.length = length;
    address.null = value == 0;
    address.trouble = "its address has no relocation";
    return address;
  }

  address.length = length;
  address.null = value == 0;
  const uint8_t application = encoding & 0x70;
  if ((encoding & dwarf::DW_EH_PE_indirect) ||
      (application != dwarf::DW_EH_PE_absptr && application != dwarf::DW_EH_PE_pcrel)) {
    address.trouble = fmt::format("the pointer encoding {:#04x} is not supported", encoding);
    address.unsupported = true;
    return address;
  }
  // What the linker has discarded it points to 0 or to the end of the address space.
  const bool tombstone = value == 0 || value >= UINT64_MAX - 1;
  if (application == dwarf::DW_EH_PE_pcrel) value += section_.address + at;
  address.place = object_.place_of_address(value);
  address.dead = !address.place.valid() && tombstone;
  if (!address.place.valid()) address.trouble = fmt::format("its address {:#x} is in no section", value);
  return address;
}

EncodedAddress AddressReader::relocated(const Relocation& relocation, uint64_t length) const {
  EncodedAddress address;
  address.length = length;
  address.place = relocation.target;
  // A relocatable link drops the code of COMDAT groups that it has already, and blanks the relocation.
  address.dead = relocation.kind == RelocKind::None;
  const bool an_address = relocation.kind == RelocKind::Abs64 || relocation.kind == RelocKind::Abs32 ||
                          relocation.kind == RelocKind::PcRel64 || relocation.kind == RelocKind::PcRel32;
  if (!an_address) {
    address.trouble = "the relocation of its address is not known";
    address.unsupported = true;
  } else if (!address.place.valid()) {
    address.trouble = "its address is that of an undefined symbol";
  }
  return address;
}

const Relocation* AddressReader::relocation_at(uint64_t offset) const {
  const std::span<const Relocation> found = section_.relocations_in(offset, offset + 1);
  const auto real = std::ranges::find_if(found, [](const Relocation& r) { return r.kind != RelocKind::None; });
  return real != found.end() ? &*real : found.empty() ? nullptr : &found.front();
}

}  // namespace objhound::oracle
