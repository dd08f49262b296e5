// What the compiler was told, and so what it owes: which rules apply to an object follows from its flags.
#pragma once

#include <optional>
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
  // The flags are not known, and the compiler has modes with weaker tables than its default: a function whose
  // tables are plainly of the weaker kind is held to that kind.
  bool unwind_uncertain = false;
  bool red_zone = true;         // -mno-red-zone clears it; meaningless where there is none
  uint32_t red_zone_bytes = 0;  // the architecture's, or what Arch::red_zone_flag asks for
  bool no_jump_tables = false;  // -fno-jump-tables
  bool keep_frame_pointer = false;
  bool aligned_stack = true;  // -mpreferred-stack-boundary, -mstack-alignment and their kin ask for less than the ABI
  std::string entry_hook;     // -mfentry-name
  RegSet call_used = 0;       // -fcall-used-REG: a call may change these, though the ABI says that it does not
  RegSet call_saved = 0;      // -fcall-saved-REG: a call preserves these, though the ABI says that it may change them
  bool optimized = false;     // -O1 and up, -Os, -Oz, -Og: code whose result nothing uses is not emitted
  bool flags_known = false;   // not only the platform's defaults
  // The flags are known, or a compiler has left its name in the file (.comment): assemblers leave none.
  bool compiled = false;
  // By Clang, whose attributes ask for calling conventions that preserve fewer registers (Arch::lesser_conventions).
  bool by_clang = false;
  std::string source;  // where the flags were read: "command line", "flags recorded in the object", ...

  // From a command line as one string ("gcc-12 -O2 -mno-red-zone"), the compiler's name first if it is known; later
  // flags win, unknown ones are ignored.
  static Contract from_flags(const Arch& arch, std::string_view flags, std::string source);
  // The command line if given, else what the object itself records, else the platform's defaults.
  static Contract of(const ObjectFile& object, const std::optional<std::string>& command_line);
};

}  // namespace objhound::oracle
