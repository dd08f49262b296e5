// Telling equal things from others where nobody attacks it: objects, inputs, catalogues.
#pragma once

#include <cstdint>
#include <span>

namespace objhound::harness {

// FNV-1a, 64 bits (Fowler, Noll, Vo); databases and file names keep it.
inline uint64_t fnv1a(std::span<const uint8_t> bytes) {
  uint64_t hash = 0xcbf29ce484222325;
  for (const uint8_t byte : bytes) hash = (hash ^ byte) * 0x100000001b3;
  return hash;
}

}  // namespace objhound::harness
