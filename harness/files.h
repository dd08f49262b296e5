// Whole small files: what compilers read and write.
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace objhound::harness {

// Empty if the file cannot be read.
std::string slurp(const std::string& path);
// False if it cannot be written (the disk is full, say).
bool spill(const std::string& path, const std::string& text);
inline std::span<const uint8_t> as_bytes(const std::string& text) {
  return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
}

}  // namespace objhound::harness
