#include "oracle/features/vocabulary.h"

#include <fmt/format.h>

namespace objhound::oracle {
namespace {

// FNV-1a, 64 bits.
uint64_t hash_of_text(std::string_view text, uint64_t value = 0xcbf29ce484222325ULL) {
  for (const unsigned char c : text) value = (value ^ c) * 0x100000001b3ULL;
  return value;
}

// What is too long keeps its beginning, and a hash tells it from others that begin so.
std::string bounded(std::string text) {
  if (text.size() <= kMaxFeatureText) return text;
  const std::string tail = fmt::format(" ... {:016x}", hash_of_text(text));
  text.resize(kMaxFeatureText - tail.size());
  return text + tail;
}

}  // namespace

uint64_t hash_of(const Feature& feature) {
  return hash_of_text(feature.text, hash_of_text(std::string_view("\0", 1), hash_of_text(to_text(feature.kind))));
}

uint32_t Vocabulary::name(FeatureKind kind, std::string text) {
  Feature feature{kind, bounded(std::move(text))};
  const uint64_t hash = hash_of(feature);
  entries_.push_back({{std::make_shared<const Feature>(std::move(feature)), hash, 0}, 0});
  return static_cast<uint32_t>(entries_.size() - 1);
}

void Vocabulary::grow() {
  constexpr size_t kFirst = 4096;
  std::vector<Slot> old = std::exchange(slots_, std::vector<Slot>(slots_.empty() ? kFirst : 2 * slots_.size()));
  for (const Slot& slot : old) {
    if (slot.key == 0) continue;
    size_t at = slot_of(slot.key);
    while (slots_[at].key != 0) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = slot;
  }
}

}  // namespace objhound::oracle
