// The addresses in unwind entries: how they are encoded, and what they point to. Private to oracle/cfi.
#pragma once

#include <cstdint>
#include <string>

#include "oracle/elf/object.h"

namespace objhound::oracle {

// An address as it is encoded in an FDE.
struct EncodedAddress {
  Place place;          // of what it points to; invalid if that is no section of this file
  bool dead = false;    // it points to code that the linker has thrown away
  bool null = false;    // the field is zero and nothing is added to it: it points to nothing
  uint64_t length = 0;  // of the field, bytes
  std::string trouble;  // why it could not be read; empty if it could
  bool unsupported = false;
};

// Reads addresses of one unwind section.
class AddressReader {
 public:
  AddressReader(const ObjectFile& object, const Section& section) : object_(object), section_(section) {}

  // The address at offset `at` of the section, in a field that must end at `end` or before; `encoding` is one of
  // DW_EH_PE_* (LSB Core, "DWARF Exception Header Encoding").
  EncodedAddress read(uint64_t at, uint64_t end, uint8_t encoding) const;

  // The relocation of the field at `offset`, null if it has none. Where a relocatable link has dropped entries it
  // leaves blank relocations behind, and not always at a place of their own: any other goes first.
  const Relocation* relocation_at(uint64_t offset) const;

 private:
  EncodedAddress relocated(const Relocation& relocation, uint64_t length) const;

  const ObjectFile& object_;
  const Section& section_;
};

}  // namespace objhound::oracle
