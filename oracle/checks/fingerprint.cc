#include "oracle/checks/fingerprint.h"

#include <fmt/format.h>

#include <cctype>

namespace objhound::oracle {

void Fingerprint::mix(unsigned char c) {
  value_ ^= c;
  value_ *= 0x100000001b3ULL;
}

Fingerprint& Fingerprint::add(std::string_view text) {
  for (unsigned char c : text) mix(c);
  mix(0);
  return *this;
}

Fingerprint& Fingerprint::add_shape(std::string_view text) {
  for (size_t i = 0; i < text.size();) {
    if (std::isdigit(static_cast<unsigned char>(text[i])) == 0) {
      mix(static_cast<unsigned char>(text[i++]));
      continue;
    }
    while (i < text.size() && std::isalnum(static_cast<unsigned char>(text[i])) != 0) ++i;  // 12, 0x1f, 4f
  }
  mix(0);
  return *this;
}

std::string Fingerprint::text() const { return fmt::format("{:016x}", value_); }

}  // namespace objhound::oracle
