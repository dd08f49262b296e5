// The stack slots that a state knows something of: a sorted array, which has room for those of most frames in place.
// States are copied at every edge, and an allocation would cost more than all the rest of the copy.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>

#include "oracle/frame/value.h"

namespace objhound::oracle {

// Eight bytes of stack with a known value. Slots without an entry hold something unknown.
struct Slot {
  Slot() = default;
  Slot(uint16_t of, int32_t at, Value holds) : base(of), offset(at), value(holds) {}
  uint16_t base = 0;  // 0: CFA, else the dynamic base
  uint16_t unused = 0;
  int32_t offset = 0;  // bytes from the base
  Value value;
  // Slots are in this order. Offsets of stores reach a little beyond those of slots.
  static constexpr int64_t key(uint16_t base, int64_t offset) { return (int64_t{base} << 34) + offset; }
  int64_t key() const { return key(base, offset); }
  friend bool operator==(const Slot& a, const Slot& b) {
    using Words = std::array<uint64_t, 2>;
    return std::bit_cast<Words>(a) == std::bit_cast<Words>(b);
  }
};
static_assert(sizeof(Slot) == 16);

class SlotList {
 public:
  SlotList() {}
  SlotList(const SlotList& other) { assign(other); }
  SlotList& operator=(const SlotList& other) {
    if (this != &other) assign(other);
    return *this;
  }
  ~SlotList() = default;

  std::span<Slot> all() { return {data(), size_}; }
  std::span<const Slot> all() const { return {data(), size_}; }
  const Slot* begin() const { return data(); }
  const Slot* end() const { return data() + size_; }
  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  Slot& operator[](size_t at) { return data()[at]; }
  const Slot& operator[](size_t at) const { return data()[at]; }
  // The first slot that does not come before `key`.
  size_t lower_bound(int64_t key) const {
    const Slot* const slots = data();
    // Most frames save so little that looking at all is faster than a search.
    constexpr size_t kFew = 16;
    if (size_ > kFew) return static_cast<size_t>(std::ranges::lower_bound(all(), key, {}, by_key) - all().begin());
    size_t at = 0;
    while (at < size_ && slots[at].key() < key) ++at;
    return at;
  }

  void insert(size_t at, const Slot& slot) {
    if (size_ == capacity_) grow(2 * capacity_);
    Slot* const slots = data();
    std::copy_backward(slots + at, slots + size_, slots + size_ + 1);
    slots[at] = slot;
    ++size_;
  }
  void erase(size_t at) {
    std::copy(data() + at + 1, data() + size_, data() + at);
    --size_;
  }
  void truncate(size_t size) { size_ = static_cast<uint32_t>(size); }
  // Returns whether any was.
  template <typename Condition>
  bool erase_if(const Condition& condition) {
    const size_t before = size_;
    truncate(static_cast<size_t>(std::remove_if(data(), data() + size_, condition) - data()));
    return size_ != before;
  }
  void sort() { std::ranges::sort(all(), {}, by_key); }

  friend bool operator==(const SlotList& a, const SlotList& b) {
    if (a.size_ != b.size_) return false;
    const Slot* const one = a.data();
    const Slot* const other = b.data();
    for (uint32_t at = 0; at < a.size_; ++at) {
      if (!(one[at] == other[at])) return false;
    }
    return true;
  }

 private:
  static constexpr uint32_t kInPlace = 8;
  static int64_t by_key(const Slot& slot) { return slot.key(); }

  Slot* data() { return far_ ? far_.get() : near_; }
  const Slot* data() const { return far_ ? far_.get() : near_; }
  void assign(const SlotList& other) {
    if (far_ || other.far_) return assign_far(other.all());
    // In pairs, which is faster than to copy as many as there are.
    constexpr size_t kPair = 2;
    size_ = other.size_;
    for (size_t at = 0; at < size_; at += kPair) std::memcpy(near_ + at, other.near_ + at, kPair * sizeof(Slot));
  }
  void assign_far(std::span<const Slot> slots) {
    if (slots.size() > capacity_) {
      size_ = 0;
      grow(static_cast<uint32_t>(slots.size()));
    }
    std::copy(slots.begin(), slots.end(), data());
    size_ = static_cast<uint32_t>(slots.size());
  }
  void grow(uint32_t capacity) {
    std::unique_ptr<Slot[]> more(new Slot[capacity]);
    std::copy(data(), data() + size_, more.get());
    far_ = std::move(more);
    capacity_ = capacity;
  }

  uint32_t size_ = 0;
  uint32_t capacity_ = kInPlace;
  std::unique_ptr<Slot[]> far_;
  union {  // not initialised
    Slot near_[kInPlace];
  };
};

}  // namespace objhound::oracle
