// From an instruction's bytes to what is known of it, as fast as a hash table allows: this is where a check of a
// large object spends its first nanoseconds per instruction.
//
// The number that is stored is the decoder's index, and one byte of what is asked for most, so that nobody needs to
// look at the instruction for it. Keys are never removed.
//
// A large file has hundreds of thousands of different instructions: most answers are not in the cache. So they are
// looked up along the code (look_up_run). Where each ends is told by little tables that stay in the cache; its place in
// the large ones is asked of the memory then, and read when those of some more have been asked for.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

#include "oracle/decode/huge-pages.h"

namespace objhound::oracle {

inline constexpr uint32_t kMemoMiss = 0xffffffff;

// An instruction that was seen before.
struct Remembered {
  uint32_t index = kMemoMiss;
  uint8_t length = 0;  // bytes of code that it is known by
  uint8_t note = 0;    // as it was given to insert()
};

// Looks up instructions that stand one behind the other and begin in the first `within` of `bytes`, until it is not
// known where the next one begins or `take(Remembered)` returns false. One that is not known (kMemoMiss) has the length
// that it seems to have. `take` may insert into the memo.
template <typename Memo, typename Take>
void look_up_run(Memo& memo, std::span<const uint8_t> bytes, size_t within, const Take& take) {
  constexpr size_t kUnderWay = 16;  // as many as memory can be asked for at the same time
  std::array<typename Memo::Asked, kUnderWay> asked;
  const uint8_t* const stop = bytes.data() + std::min(within, bytes.size());
  size_t next = 0;
  for (size_t told = 0;; ++told) {
    while (next - told < kUnderWay && bytes.data() < stop && memo.ask(bytes, asked[next % kUnderWay])) {
      bytes = bytes.subspan(asked[next % kUnderWay].length);
      ++next;
    }
    if (told == next || !take(memo.tell(asked[told % kUnderWay]))) return;
  }
}

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

  void prefetch(const Key& key) const { __builtin_prefetch(&slots_[slot_of(key)]); }

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
    LargeTable<Entry> old(slots_.size() * 2);
    old.swap(slots_);
    shift_--;
    for (const Entry& entry : old) {
      if (entry.empty()) continue;
      size_t i = slot_of(entry.key());
      while (!slots_[i].empty()) i = (i + 1) & (slots_.size() - 1);
      slots_[i] = entry;
    }
  }

  LargeTable<Entry> slots_;
  int shift_;
  size_t used_ = 0;
};

inline constexpr uint64_t kMixA = 0x9e3779b97f4a7c15, kMixB = 0xd6e8feb86659fd93;

// For instructions of one fixed length of four bytes.
class WordMemo {
  static constexpr uint8_t kLength = 4;

 public:
  // As ByteMemo's.
  struct Asked {
    uint32_t word;
    static constexpr uint8_t length = kLength;
  };
  bool ask(std::span<const uint8_t> bytes, Asked& asked) const {
    if (bytes.size() < kLength) return false;
    asked.word = word(bytes);
    table_.prefetch(asked.word);
    return true;
  }
  Remembered tell(const Asked& asked) const {
    const Entry* entry = table_.find(asked.word);
    return entry ? Remembered{entry->index, kLength, entry->note} : Remembered{kMemoMiss, kLength, 0};
  }
  void insert(std::span<const uint8_t> bytes, uint32_t index, uint8_t note) {
    uint32_t key = word(bytes);
    table_.find_or_make(key, [&] { return Entry{key, index, note}; });
  }

 private:
  struct Entry {
    using Key = uint32_t;
    uint32_t word = 0;
    uint32_t index = kMemoMiss;
    uint8_t note = 0;
    uint32_t key() const { return word; }
    bool empty() const { return index == kMemoMiss; }
    static uint64_t mix(uint32_t key) { return key * kMixA; }
  };
  static uint32_t word(std::span<const uint8_t> bytes) {
    uint32_t value;
    std::memcpy(&value, bytes.data(), kLength);
    return value;
  }
  ProbeTable<Entry> table_;
};

// What a variable-length instruction's first bytes tell of it: how many bytes it has, and where, if anywhere, four of
// them are a displacement that it shares with no other and that does not count for the key (field == 0: nowhere).
struct ByteShape {
  uint8_t length = 0;  // 1 to 15
  uint8_t field = 0;   // bytes from the instruction's start
  uint8_t code() const { return static_cast<uint8_t>(length | field << 4); }
};

// The bytes of a window of 16 that are part of a key, by ByteShape::code().
struct ByteMask {
  uint64_t low = 0, high = 0;
};
inline constexpr std::array<ByteMask, 256> kByteMasks = [] {
  std::array<ByteMask, 256> masks;
  for (unsigned shape = 0; shape < masks.size(); shape++) {
    const unsigned length = shape & 15, field = shape >> 4;
    for (unsigned at = 0; at < length; at++) {
      if (field != 0 && at >= field && at < field + 4) continue;
      (at < 8 ? masks[shape].low : masks[shape].high) |= uint64_t{0xff} << 8 * (at % 8);
    }
  }
  return masks;
}();

// For instructions of 1 to 15 bytes. No instruction is the beginning of another, but where one ends is known only
// after it is decoded. Two steps: a trie over the first bytes tells the shape; it is small, because it branches only
// where shapes that were seen differ. Then a table of whole instructions, cut to that shape, tells the index.
//
// The trie may name a wrong shape, of an instruction that begins alike. Nothing is found then: up to its displacement,
// an instruction's bytes say where that is (Intel SDM vol. 2, 2.1), and they are part of the key, as is the shape.
class ByteMemo {
 public:
  static constexpr size_t kMaxLength = 15;

  ByteMemo() : root_(0x10000) {}

  // An instruction that is being looked up.
  class Asked;
  // Begins to look up the one at the start of `bytes`. False if nothing is known that begins like this.
  bool ask(std::span<const uint8_t> bytes, Asked& asked) const;
  // What became of it. Others may have been asked for in between, and inserted.
  Remembered tell(const Asked& asked) const;

  // The trie is filled as instructions are seen and forgets a little where it branches anew: what it does not know
  // may still be in the table.
  uint32_t find_shaped(std::span<const uint8_t> bytes, ByteShape shape) {
    Window window(bytes);
    const uint32_t index = find_whole(window, shape.code());
    if (index != kMemoMiss) remember_shape(window, shape.code());
    return index;
  }

  // For bytes that start no instruction, pass all kMaxLength of them.
  void insert(std::span<const uint8_t> bytes, ByteShape shape, uint32_t index, uint8_t note) {
    Window window(bytes);
    if (shape.length <= kMaxShort) {
      uint64_t key = short_key(window, shape.code());
      shorts_.find_or_make(key, [&] { return Short{key, index, note}; });
    } else {
      LongKey key = long_key(window, shape.code());
      longs_.find_or_make(key, [&] { return Long{key, index, note}; });
    }
    remember_shape(window, shape.code());
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
  // A key is the instruction's bytes, zeros, and its shape in the last byte: the trie may name a wrong one, and the
  // first bytes of one instruction with zeros behind them are often another.
  static constexpr size_t kMaxShort = 7;
  struct Short {
    using Key = uint64_t;
    uint64_t bytes = 0;
    uint32_t index = kMemoMiss;
    uint8_t note = 0;
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
    uint8_t note = 0;
    const LongKey& key() const { return bytes; }
    bool empty() const { return index == kMemoMiss; }
    static uint64_t mix(const LongKey& key) {
      uint64_t high = key.high * kMixB;
      return (key.low ^ high ^ high >> 29) * kMixA;
    }
  };

  // What the next byte leads to: 0 nothing known, up to 255 a shape, above that a node. The first step takes two bytes
  // at once.
  using Node = std::array<uint16_t, 256>;
  static constexpr uint16_t kFirstNode = 256;
  static constexpr size_t kMaxNodes = 0xffff - kFirstNode;  // 32 MB; only random bytes come near

  uint8_t known_shape(const Window& window) const {
    uint16_t entry = root_[window.low & 0xffff];
    for (unsigned at = 2; entry >= kFirstNode; at++) entry = nodes_[entry - kFirstNode][window.byte(at)];
    return static_cast<uint8_t>(entry);
  }

  void remember_shape(const Window& window, uint8_t shape) {
    uint16_t* entry = &root_[window.low & 0xffff];
    for (unsigned at = 2; *entry != 0 && *entry != shape && at < kMaxLength; at++) {
      if (*entry < kFirstNode) {  // two shapes begin with these bytes: look at one more
        if (nodes_.size() >= kMaxNodes) break;
        *entry = static_cast<uint16_t>(kFirstNode + nodes_.size());
        nodes_.emplace_back();
        entry = &nodes_.back()[window.byte(at)];
      } else {
        entry = &nodes_[*entry - kFirstNode][window.byte(at)];
      }
    }
    if (*entry < kFirstNode) *entry = shape;
  }

  uint32_t find_whole(const Window& window, uint8_t shape) const {
    if ((shape & 15) <= kMaxShort) {
      const Short* found = shorts_.find(short_key(window, shape));
      return found ? found->index : kMemoMiss;
    }
    const Long* found = longs_.find(long_key(window, shape));
    return found ? found->index : kMemoMiss;
  }

  static uint64_t short_key(const Window& window, uint8_t shape) {
    return (window.low & kByteMasks[shape].low) | uint64_t{shape} << 56;
  }
  static LongKey long_key(const Window& window, uint8_t shape) {
    return {window.low & kByteMasks[shape].low, (window.high & kByteMasks[shape].high) | uint64_t{shape} << 56};
  }

  std::vector<uint16_t> root_;
  LargeTable<Node> nodes_;
  ProbeTable<Short> shorts_;
  ProbeTable<Long> longs_;
};

class ByteMemo::Asked {
 public:
  uint8_t length;  // bytes, as it seems

 private:
  friend class ByteMemo;
  LongKey key;  // `low` alone for a short one
};

inline bool ByteMemo::ask(std::span<const uint8_t> bytes, Asked& asked) const {
  const Window window(bytes);
  const uint8_t shape = known_shape(window), length = shape & 15;
  if (shape == 0 || length > bytes.size()) return false;
  asked.length = length;
  if (length <= kMaxShort) {
    shorts_.prefetch(asked.key.low = short_key(window, shape));
  } else {
    longs_.prefetch(asked.key = long_key(window, shape));
  }
  return true;
}

inline Remembered ByteMemo::tell(const Asked& asked) const {
  const auto told = [&](const auto* known) {
    return known ? Remembered{known->index, asked.length, known->note} : Remembered{kMemoMiss, asked.length, 0};
  };
  return asked.length <= kMaxShort ? told(shorts_.find(asked.key.low)) : told(longs_.find(asked.key));
}

}  // namespace objhound::oracle
