// libFuzzer: any bytes as an ELF file, then every question that an object answers.

#include <cstddef>
#include <cstdint>

#include "oracle/elf/dynamic.h"
#include "oracle/elf/mutate_fuzz_support.h"
#include "oracle/elf/object.h"

namespace {

using namespace objhound::oracle;

void use(const ObjectFile& object) {
  (void)object.arch();
  (void)object.relocatable();
  for (uint32_t s = 0; s < object.sections().size(); s++) {
    const Section& section = object.sections()[s];
    for (const Relocation& relocation : section.relocations) {
      if (relocation.symbol != kNoIndex) (void)object.symbols()[relocation.symbol].name.size();
      if (relocation.target.valid()) (void)object.function_at(relocation.target);
    }
    (void)section.relocations_in(section.size / 2, section.size);
    (void)object.place_of_address(section.address);
  }
  for (uint32_t i = 0; i < object.functions().size(); i++) {
    const Function& function = object.functions()[i];
    const Place place{function.section, static_cast<int64_t>(function.offset)};
    if (object.function_starting_at(place) != i) __builtin_trap();
    if (object.function_at(place) == kNoIndex) __builtin_trap();
    if (function.end() > object.sections()[function.section].bytes.size()) __builtin_trap();
    if (function.parent != kNoIndex && object.functions()[function.parent].parent != kNoIndex) __builtin_trap();
  }
  (void)object.recorded_command_lines();
  (void)object.declared_noreturn();
}

}  // namespace

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t* data, size_t size, size_t max_size, unsigned seed) {
  return objhound::oracle::mutate_elf(data, size, max_size, seed);
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::span<const uint8_t> bytes(data, size);
  const auto object = ObjectFile::parse("fuzz.o", bytes);
  if (object) use(*object);
  const std::string names[] = {"f", "memcpy"};
  (void)read_dynamic_info("fuzz.so", bytes);
  (void)defined_functions(bytes, names);
  return 0;
}
