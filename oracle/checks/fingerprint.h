// A finding's fingerprint: the same for the same defect under other names, addresses and seeds.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace objhound::oracle {

// FNV-1a, 64 bits, over a sequence of texts; stable across machines and builds, because databases keep it.
class Fingerprint {
 public:
  Fingerprint& add(std::string_view text);
  // The same without the numbers in the text.
  Fingerprint& add_shape(std::string_view text);
  std::string text() const;  // 16 hexadecimal digits

 private:
  void mix(unsigned char c);
  uint64_t value_ = 0xcbf29ce484222325ULL;
};

}  // namespace objhound::oracle
