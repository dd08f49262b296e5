// The registry of architectures, and the questions that any of them can answer from its data.

#include "oracle/arch.h"

#include <array>

#include "oracle/decode/arch-list.h"

namespace objhound::oracle {

std::span<const Arch* const> all_archs() {
  static const std::array<const Arch*, 2> archs = {&x86_64_arch(), &arm64_arch()};
  return archs;
}

const Arch* find_arch(uint16_t elf_machine) {
  for (const Arch* arch : all_archs()) {
    if (arch->elf_machine == elf_machine) return arch;
  }
  return nullptr;
}

const Arch* find_arch(std::string_view name) {
  for (const Arch* arch : all_archs()) {
    if (arch->name == name) return arch;
  }
  return nullptr;
}

Reg reg_from_dwarf(const Arch& arch, uint64_t dwarf) {
  for (size_t i = 0; i < arch.registers.size(); i++) {
    int number = arch.registers[i].dwarf;
    if (number >= 0 && static_cast<uint64_t>(number) == dwarf) return static_cast<Reg>(i);
  }
  return kNoReg;
}

}  // namespace objhound::oracle
