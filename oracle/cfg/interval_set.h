// A set of unsigned 64-bit numbers as a few disjoint intervals. Operations are exact as long as few intervals do;
// beyond that the closest ones are merged, so that the set only ever becomes larger than it should be.
#pragma once

#include <array>
#include <cstdint>

namespace objhound::oracle {

struct Interval {
  uint64_t low;  // both inclusive
  uint64_t high;
  friend bool operator==(const Interval&, const Interval&) = default;
};

class IntervalSet {
 public:
  static constexpr unsigned kMost = 8;

  IntervalSet() = default;  // empty
  IntervalSet(uint64_t low, uint64_t high) : count_(1) { intervals_[0] = {low, high}; }
  static IntervalSet everything() { return {0, ~uint64_t{0}}; }

  bool empty() const { return count_ == 0; }
  uint64_t low() const { return intervals_[0].low; }             // not of the empty set
  uint64_t high() const { return intervals_[count_ - 1].high; }  // not of the empty set
  unsigned count() const { return count_; }
  bool contains(uint64_t value) const {
    for (unsigned i = 0; i < count_ && intervals_[i].low <= value; ++i) {
      if (value <= intervals_[i].high) return true;
    }
    return false;
  }
  const Interval& operator[](unsigned i) const { return intervals_[i]; }

  IntervalSet united(const IntervalSet& other) const;
  IntervalSet intersected(const IntervalSet& other) const;
  // Every member plus `delta`, modulo 2^(8 * width); the members must be below that.
  IntervalSet moved(uint64_t delta, unsigned width) const;

  friend bool operator==(const IntervalSet& a, const IntervalSet& b) {
    if (a.count_ != b.count_) return false;
    for (unsigned i = 0; i < a.count_; ++i) {
      if (!(a.intervals_[i] == b.intervals_[i])) return false;
    }
    return true;
  }

 private:
  // Appends an interval that starts behind all others, or overlaps or touches only the last.
  void append(Interval interval);
  void merge_closest();

  std::array<Interval, kMost + 1> intervals_{};  // ascending, disjoint, not touching; one more than most for a moment
  unsigned count_ = 0;
};

}  // namespace objhound::oracle
