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

// For instructions of 1 to 15 bytes. No instruction is the beginning of another, but where one ends is known only
// after it is decoded. Two steps: a trie over the first bytes tells the length; it is small, because it branches only
// where lengths that were seen differ. Then a table of whole instructions, cut to that length, tells the index.
class ByteMemo {
 public:
  static constexpr size_t kMaxLength = 15;

  ByteMemo() : root_(0x10000) {}

  // `bytes` may be longer than the instruction; nothing behind its end is read.
  uint32_t find(std::span<const uint8_t> bytes) const {
    Window window(bytes);
    size_t length = known_length(window);
    return length == 0 || length > bytes.size() ? kMemoMiss : find_whole(window, length);
  }

  // The trie is filled as instructions are seen and forgets a little where it branches anew: what it does not know
  // may still be in the table. Slower than find.
  uint32_t find_at_any_length(std::span<const uint8_t> bytes) {
    Window window(bytes);
    for (size_t length = 1; length <= kMaxLength && length <= bytes.size(); length++) {
      uint32_t index = find_whole(window, length);
      if (index == kMemoMiss) continue;
      remember_length(window, length);
      return index;
    }
    return kMemoMiss;
  }

  // `length` bytes are the instruction. For bytes that start no instruction, pass all kMaxLength of them.
  void insert(std::span<const uint8_t> bytes, size_t length, uint32_t index) {
    Window window(bytes);
    if (length <= kMaxShort) {
      uint64_t key = short_key(window, length);
      shorts_.find_or_make(key, [&] { return Short{key, index}; });
    } else {
      LongKey key = long_key(window, length);
      longs_.find_or_make(key, [&] { return Long{key, index}; });
    }
    remember_length(window, length);
  }

 private:
  // The first 16 bytes, zeros behind the end.
  struct Window {
    uint64_t low = 0, high = 0;
    explicit Window(std::span<const uint8_t> bytes) {
      uint8_t padded[16] = {};
      const uint8_t* from = bytes.data();
      if (bytes.size() < 16) {
        std::memcpy(padded, from, bytes.size());
        from = padded;
      }
      std::memcpy(&low, from, 8);
      std::memcpy(&high, from + 8, 8);
    }
    uint8_t byte(unsigned at) const { return static_cast<uint8_t>((at < 8 ? low : high) >> 8 * (at % 8)); }
  };
  // Masks for the first n bytes of a word.
  static constexpr std::array<uint64_t, 9> kFirstBytes = {
      0, 0xff, 0xffff, 0xffffff, 0xffffffff, 0xffffffffff, 0xffffffffffff, 0xffffffffffffff, ~uint64_t{0}};

  // A key is the instruction's bytes, zeros, and its length in the last byte: the trie may name a wrong length, and the
  // first bytes of one instruction with zeros behind them are often another.
  static constexpr size_t kMaxShort = 7;
  struct Short {
    using Key = uint64_t;
    uint64_t bytes = 0;
    uint32_t index = kMemoMiss;
    uint64_t key() const { return bytes; }
    bool empty() const { return index == kMemoMiss; }
    static uint64_t mix(uint64_t key) { return (key ^ key >> 29) * kMixA; }
  };
  struct LongKey {
    uint64_t low = 0, high = 0;
    bool operator==(const LongKey&) const = default;
  };
  struct Long {
    using Key = LongKey;
    LongKey bytes;
    uint32_t index = kMemoMiss;
    const LongKey& key() const { return bytes; }
    bool empty() const { return index == kMemoMiss; }
    static uint64_t mix(const LongKey& key) {
      uint64_t high = key.high * kMixB;
      return (key.low ^ high ^ high >> 29) * kMixA;
    }
  };

  // What the next byte leads to: 0 nothing known, 1..15 a length, above that a node. The first step takes two bytes
  // at once.
  using Node = std::array<uint16_t, 256>;
  static constexpr uint16_t kFirstNode = 16;
  static constexpr size_t kMaxNodes = 0xffff - kFirstNode;  // 32 MB; only random bytes come near

  size_t known_length(const Window& window) const {
    uint16_t entry = root_[window.low & 0xffff];
    for (unsigned at = 2; entry >= kFirstNode; at++) entry = nodes_[entry - kFirstNode][window.byte(at)];
    return entry;
  }

  void remember_length(const Window& window, size_t length) {
    uint16_t* entry = &root_[window.low & 0xffff];
    for (unsigned at = 2; *entry != 0 && *entry != length && at < kMaxLength; at++) {
      if (*entry < kFirstNode) {  // two lengths begin with these bytes: look at one more
        if (nodes_.size() >= kMaxNodes) break;
        *entry = static_cast<uint16_t>(kFirstNode + nodes_.size());
        nodes_.emplace_back();
        entry = &nodes_.back()[window.byte(at)];
      } else {
        entry = &nodes_[*entry - kFirstNode][window.byte(at)];
      }
    }
    if (*entry < kFirstNode) *entry = static_cast<uint16_t>(length);
  }

  uint32_t find_whole(const Window& window, size_t length) const {
    if (length <= kMaxShort) {
      const Short* found = shorts_.find(short_key(window, length));
      return found ? found->index : kMemoMiss;
    }
    const Long* found = longs_.find(long_key(window, length));
    return found ? found->index : kMemoMiss;
  }

  static uint64_t short_key(const Window& window, size_t length) {
    return (window.low & kFirstBytes[length]) | uint64_t{length} << 56;
  }
  static LongKey long_key(const Window& window, size_t length) {
    return {window.low, (window.high & kFirstBytes[length - 8]) | uint64_t{length} << 56};
  }

  std::vector<uint16_t> root_;
  std::vector<Node> nodes_;
  ProbeTable<Short> shorts_;
  ProbeTable<Long> longs_;
};

}  // namespace objhound::oracle
