// How an architecture's assembler text is written, as far as planting a fault needs it. What an instruction does is
// never read from its text: the lift says so. This only spells the few instructions and operands that a planted fault
// consists of.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "oracle/arch.h"

namespace objhound::oracle {

struct AssemblyText {
  std::string_view register_prefix;  // "%"
  std::string_view comment;          // starts a comment behind an instruction
  // A register's text for one that nobody preserves, of the same class and width.
  std::string_view (*scratch_for)(Reg reg);
  // An instruction that adds to SP and changes nothing else, flags included.
  std::string (*move_sp)(int64_t bytes);
  // An instruction that puts a constant into the register.
  std::string (*overwrite)(Reg reg);
  // The same for the place where the return address is at entry.
  std::string_view overwrite_return_address;
  // Call mnemonics and the jumps that take the same operands.
  std::span<const std::pair<std::string_view, std::string_view>> jumps_of_calls;
  // What added to a code label gives a place inside its instruction.
  unsigned into_instruction;  // bytes
};

}  // namespace objhound::oracle
