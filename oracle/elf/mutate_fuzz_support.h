// For libFuzzer targets that eat ELF files: a custom mutator that keeps the file an ELF file. Bytes at random mostly
// break a header, and then nothing behind the first check is ever tried. Half of the time this changes the contents of
// one section only, where they are, so that unwind tables, exception tables, relocations, symbols, jump tables and
// code are what is damaged. Field offsets: gABI, chapter 4, for 64 bits.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <random>

extern "C" size_t LLVMFuzzerMutate(uint8_t* data, size_t size, size_t max_size);

namespace objhound::oracle {

inline size_t mutate_elf(uint8_t* data, size_t size, size_t max_size, unsigned seed) {
  constexpr size_t kHeader = 64, kSectionHeader = 64;
  const auto number = [&](size_t at, size_t width) {
    uint64_t value = 0;
    std::memcpy(&value, data + at, width);
    return value;
  };
  std::minstd_rand random(seed);
  if (size < kHeader || random() % 2) return LLVMFuzzerMutate(data, size, max_size);
  const uint64_t headers = number(0x28, 8), count = number(0x3c, 2);
  if (headers > size || count == 0 || count > (size - headers) / kSectionHeader) {
    return LLVMFuzzerMutate(data, size, max_size);
  }
  // A section that has bytes in the file, or after some tries the headers.
  for (int tries = 0; tries < 8; ++tries) {
    const size_t header = headers + kSectionHeader * (random() % count);
    const uint64_t offset = number(header + 0x18, 8), bytes = number(header + 0x20, 8);
    constexpr uint64_t kNoBits = 8;
    if (number(header + 4, 4) == kNoBits || bytes == 0 || offset >= size || bytes > size - offset) continue;
    const size_t begin = random() % bytes;
    const size_t window = std::min<size_t>(bytes - begin, 64);
    LLVMFuzzerMutate(data + offset + begin, window, window);
    return size;
  }
  LLVMFuzzerMutate(data + headers, count * kSectionHeader, count * kSectionHeader);
  return size;
}

}  // namespace objhound::oracle
