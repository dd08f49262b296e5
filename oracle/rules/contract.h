// What the compiler was told, and so what it owes: which rules apply to an object follows from its flags.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "oracle/elf/object.h"

namespace objhound::oracle {

enum class UnwindPromise : uint8_t {
  None,          // no unwind tables asked for: nothing to hold
  Synchronous,   // right at calls (-funwind-tables)
  Asynchronous,  // right at every instruction (-fasynchronous-unwind-tables)
};

struct Contract {
  UnwindPromise unwind = UnwindPromise::Asynchronous;
  bool red_zone = true;         // -mno-red-zone clears it; meaningless where the ABI has none
  bool no_jump_tables = false;  // -fno-jump-tables
  bool keep_frame_pointer = false;
  std::string source;  // where the flags were read: "command line", "DW_AT_producer", "defaults"

  // From a command line as one string ("gcc-12 -O2 -mno-red-zone"); later flags win, unknown ones are ignored.
  static Contract from_flags(std::string_view flags, std::string source);
  // What the object itself records; the defaults of the platform if nothing.
  static Contract from_object(const ObjectFile& object);
};

}  // namespace objhound::oracle
