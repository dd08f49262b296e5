// The features that one thread has met: each is rendered as text once, and known by a number from then on. Objects
// repeat themselves, so that nearly always a look into a hash table is all that an occurrence costs.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "oracle/features.h"

namespace objhound::oracle {

struct NamedFeature {
  std::shared_ptr<const Feature> feature;
  uint64_t hash;               // hash_of(*feature)
  mutable uint32_t place = 0;  // for count_features
};

class Vocabulary {
 public:
  // From now on occurrences are another family's.
  void begin_family() {
    ++family_;
    found_.clear();
  }

  // Notes an occurrence. `code` is for equal features of a kind equal and for others different, 56 bits; `text` renders
  // the feature, and is called only if it is new.
  template <typename Text>
  void add(FeatureKind kind, uint64_t code, const Text& text) {
    const uint64_t key = (uint64_t{static_cast<uint8_t>(kind)} + 1) << 56 | (code & kCode);
    if (entries_.size() * 2 >= slots_.size()) grow();
    size_t at = slot_of(key);
    while (slots_[at].key != 0 && slots_[at].key != key) at = (at + 1) & (slots_.size() - 1);
    if (slots_[at].key == 0) slots_[at] = {key, name(kind, text())};
    Entry& entry = entries_[slots_[at].entry];
    if (entry.family == family_) return;
    entry.family = family_;
    found_.push_back(&entry.named);
  }

  // Those of the family, each once. The pointers stay valid until forget().
  const std::vector<const NamedFeature*>& found() const { return found_; }

  size_t size() const { return entries_.size(); }
  void forget() { *this = Vocabulary(); }

 private:
  static constexpr uint64_t kCode = (uint64_t{1} << 56) - 1;
  struct Entry {
    NamedFeature named;
    uint64_t family;  // that it occurred in last
  };
  struct Slot {
    uint64_t key = 0;  // 0: free
    uint32_t entry = 0;
  };

  size_t slot_of(uint64_t key) const {
    constexpr uint64_t kGolden = 0x9e3779b97f4a7c15;  // Fibonacci hashing (Knuth, TAOCP 3, 6.4)
    return static_cast<size_t>((key * kGolden) >> 32) & (slots_.size() - 1);
  }
  uint32_t name(FeatureKind kind, std::string text);
  void grow();

  std::deque<Entry> entries_;
  std::vector<Slot> slots_;  // open addressing; the size is a power of two, or 0
  std::vector<const NamedFeature*> found_;
  uint64_t family_ = 0;
};

}  // namespace objhound::oracle
