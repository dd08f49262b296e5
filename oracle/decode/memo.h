// From an instruction's bytes to what is known of it, as fast as a hash table allows: this is where a check of a
// large object spends its first nanoseconds per instruction.
//
// The number that is stored is the decoder's index. Keys are never removed.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

namespace objhound::oracle {

inline constexpr uint32_t kMemoMiss = 0xffffffff;

// A hash table with linear probing for small plain entries. Entry has a Key type, key(), empty(); a default
// constructed Entry is empty.
template <typename Entry>
class ProbeTable {
 public:
  using Key = typename Entry::Key;

  ProbeTable() : slots_(size_t{1} << kFirstBits), shift_(64 - kFirstBits) {}

  const Entry* find(const Key& key) const {
    for (size_t i = slot_of(key);; i = (i + 1) & (slots_.size() - 1)) {
      const Entry& entry = slots_[i];
      if (entry.empty()) return nullptr;
      if (entry.key() == key) return &entry;
    }
  }

  // The entry with this key, made by `make()` if there is none.
  template <typename Make>
  Entry& find_or_make(const Key& key, Make make) {
    if (used_ * 2 >= slots_.size()) grow();
    size_t i = slot_of(key);
    while (!slots_[i].empty()) {
      if (slots_[i].key() == key) return slots_[i];
      i = (i + 1) & (slots_.size() - 1);
    }
    used_++;
    return slots_[i] = make();
  }

 private:
  static constexpr int kFirstBits = 10;

  // Multiplicative hashing: the best bits of the product are its highest.
  size_t slot_of(const Key& key) const { return Entry::mix(key) >> shift_; }

  void grow() {
    std::vector<Entry> old(slots_.size() * 2);
    old.swap(slots_);
    shift_--;
    for (const Entry& entry : old) {
      if (entry.empty()) continue;
      size_t i = slot_of(entry.key());
      while (!slots_[i].empty()) i = (i + 1) & (slots_.size() - 1);
      slots_[i] = entry;
    }
  }

  std::vector<Entry> slots_;
  int shift_;
  size_t used_ = 0;
};

inline constexpr uint64_t kMixA = 0x9e3779b97f4a7c15, kMixB = 0xd6e8feb86659fd93;

// For instructions of one fixed length of four bytes.
class WordMemo {
 public:
  uint32_t find(std::span<const uint8_t> bytes) const {
    const Entry* entry = table_.find(word(bytes));
    return entry ? entry->index : kMemoMiss;
  }
  void insert(std::span<const uint8_t> bytes, uint32_t index) {
    uint32_t key = word(bytes);
    table_.find_or_make(key, [&] { return Entry{key, index}; });
  }

 private:
  struct Entry {
    using Key = uint32_t;
    uint32_t word = 0;
    uint32_t index = kMemoMiss;
    uint32_t key() const { return word; }
    bool empty() const { return index == kMemoMiss; }
    static uint64_t mix(uint32_t key) { return key * kMixA; }
  };
  static uint32_t word(std::span<const uint8_t> bytes) {
    uint32_t value;
    std::memcpy(&value, bytes.data(), 4);
    return value;
  }
  ProbeTable<Entry> table_;
};

// Up to 15 bytes as two words, the rest zero.
struct ByteKey {
  uint64_t low = 0, high = 0;
  bool operator==(const ByteKey&) const = default;
};

// kByteMasks[n] keeps the first n bytes of a key.
inline constexpr std::array<ByteKey, 16> kByteMasks = [] {
  std::array<ByteKey, 16> masks;
  for (size_t length = 0; length < masks.size(); length++) {
    for (size_t byte = 0; byte < length; byte++) {
      (byte < 8 ? masks[length].low : masks[length].high) |= uint64_t{0xff} << 8 * (byte % 8);
    }
  }
  return masks;
}();

// For instructions of 1 to 15 bytes. No instruction is the beginning of another, but where one ends is known only
// after it is decoded. The first four bytes nearly always tell, so a first table maps them to the lengths that were
// seen behind them (a bit set, mostly of one bit), and a second one maps the bytes, cut to that length, to the index.
class ByteMemo {
 public:
  static constexpr size_t kMaxLength = 15;

  // `bytes` may be longer than the instruction; nothing behind its end is read.
  uint32_t find(std::span<const uint8_t> bytes) const {
    Window window(bytes);
    const Head* head = heads_.find(window.head());
    if (!head) return kMemoMiss;
    size_t limit = bytes.size() < kMaxLength ? bytes.size() : kMaxLength;
    for (uint32_t lengths = head->lengths; lengths != 0; lengths &= lengths - 1) {
      size_t length = static_cast<size_t>(__builtin_ctz(lengths));
      if (length > limit) break;
      if (const Whole* whole = wholes_.find(window.cut(length))) return whole->index;
    }
    return kMemoMiss;
  }

  // Bytes whose first four were never seen together may still start with a known instruction. Slower than find.
  uint32_t find_behind_new_head(std::span<const uint8_t> bytes) {
    Window window(bytes);
    for (size_t length = 1; length <= kMaxLength && length <= bytes.size(); length++) {
      if (const Whole* whole = wholes_.find(window.cut(length))) {
        remember_head(window, length);
        return whole->index;
      }
    }
    return kMemoMiss;
  }

  // `length` bytes are the instruction. For bytes that start no instruction, pass all kMaxLength of them.
  void insert(std::span<const uint8_t> bytes, size_t length, uint32_t index) {
    Window window(bytes);
    ByteKey key = window.cut(length);
    wholes_.find_or_make(key, [&] { return Whole{key, index}; });
    remember_head(window, length);
  }

 private:
  struct Window {
    ByteKey bytes;
    explicit Window(std::span<const uint8_t> from) {
      if (from.size() >= 16) {
        std::memcpy(&bytes, from.data(), 16);
      } else {
        std::memcpy(&bytes, from.data(), from.size());
      }
    }
    uint32_t head() const { return static_cast<uint32_t>(bytes.low); }
    // The first `length` bytes, and the length itself in the last byte, which no instruction reaches.
    ByteKey cut(size_t length) const {
      const ByteKey& mask = kByteMasks[length];
      return {bytes.low & mask.low, (bytes.high & mask.high) | uint64_t{length} << 56};
    }
  };
  struct Head {
    using Key = uint32_t;
    uint32_t head = 0;
    uint16_t lengths = 0;
    uint32_t key() const { return head; }
    bool empty() const { return lengths == 0; }
    static uint64_t mix(uint32_t key) { return key * kMixA; }
  };
  struct Whole {
    using Key = ByteKey;
    Key bytes;
    uint32_t index = kMemoMiss;
    const Key& key() const { return bytes; }
    bool empty() const { return index == kMemoMiss; }
    static uint64_t mix(const Key& key) {
      uint64_t high = key.high * kMixB;
      return (key.low ^ (high >> 29) ^ high) * kMixA;
    }
  };

  void remember_head(const Window& window, size_t length) {
    Head& head = heads_.find_or_make(window.head(), [&] { return Head{window.head(), 0}; });
    head.lengths = static_cast<uint16_t>(head.lengths | 1u << length);
  }

  ProbeTable<Head> heads_;
  ProbeTable<Whole> wholes_;
};

}  // namespace objhound::oracle
