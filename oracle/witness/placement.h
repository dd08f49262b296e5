// Where the sections of a relocatable object came to lie in the program that was linked from it.
//
// No linker map is needed: the symbols of the object are in the program too, local ones as well, and on neither
// architecture does the linker insert or remove bytes inside a section, so that one address per section is enough. Each
// symbol that both know votes for an address; the section's own bytes, relocated fields apart, confirm it.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "oracle/elf/object.h"

namespace objhound::oracle::witness {

struct Placement {
  std::vector<std::optional<uint64_t>> address;  // by section of the object; empty: not in the program
  // Bytes of the section that the linker wrote anew though no relocated field holds them (relaxed instructions): by
  // section, sorted offsets.
  std::vector<std::vector<uint64_t>> rewritten;

  std::optional<uint64_t> address_of(Place place) const {
    if (!place.valid() || place.section >= address.size() || !address[place.section]) return std::nullopt;
    return *address[place.section] + static_cast<uint64_t>(place.offset);
  }
  // Whether the linker changed the instruction at the place, or its neighbour: relaxed sequences are longer than what
  // a relocation says.
  bool rewritten_near(Place place) const;
};

// `program` is a linked file. For an `object` that is linked itself: its own addresses.
Placement place_object(const ObjectFile& object, const ObjectFile& program);

}  // namespace objhound::oracle::witness
