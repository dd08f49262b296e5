#include "oracle/witness/target.h"

#include "oracle/witness/target-list.h"

namespace objhound::oracle::witness {

const Target* find_target(uint16_t elf_machine) {
  for (const Target* target : {&x86_64_target(), &arm64_target()}) {
    if (target->elf_machine == elf_machine) return target;
  }
  return nullptr;
}

}  // namespace objhound::oracle::witness
