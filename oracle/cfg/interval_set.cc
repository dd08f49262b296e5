#include "oracle/cfg/interval_set.h"

#include <algorithm>

namespace objhound::oracle {

void IntervalSet::append(Interval interval) {
  if (count_ > 0) {
    Interval& last = intervals_[count_ - 1];
    if (last.high == ~uint64_t{0} || interval.low <= last.high + 1) {
      last.high = std::max(last.high, interval.high);
      return;
    }
  }
  intervals_[count_++] = interval;
  if (count_ > kMost) merge_closest();
}

void IntervalSet::merge_closest() {
  unsigned best = 0;
  for (unsigned i = 1; i + 1 < count_; ++i) {
    const uint64_t gap = intervals_[i + 1].low - intervals_[i].high;
    if (gap < intervals_[best + 1].low - intervals_[best].high) best = i;
  }
  intervals_[best].high = intervals_[best + 1].high;
  for (unsigned i = best + 1; i + 1 < count_; ++i) intervals_[i] = intervals_[i + 1];
  --count_;
}

IntervalSet IntervalSet::united(const IntervalSet& other) const {
  IntervalSet result;
  unsigned a = 0, b = 0;
  while (a < count_ || b < other.count_) {
    const bool take_a = b == other.count_ || (a < count_ && intervals_[a].low <= other.intervals_[b].low);
    result.append(take_a ? intervals_[a++] : other.intervals_[b++]);
  }
  return result;
}

IntervalSet IntervalSet::intersected(const IntervalSet& other) const {
  IntervalSet result;
  unsigned a = 0, b = 0;
  while (a < count_ && b < other.count_) {
    const Interval &x = intervals_[a], &y = other.intervals_[b];
    const uint64_t low = std::max(x.low, y.low), high = std::min(x.high, y.high);
    if (low <= high) result.append({low, high});
    x.high < y.high ? ++a : ++b;
  }
  return result;
}

IntervalSet IntervalSet::moved(uint64_t delta, unsigned width) const {
  const uint64_t mask = width >= 8 ? ~uint64_t{0} : (uint64_t{1} << (8 * width)) - 1;
  IntervalSet result;
  for (unsigned i = 0; i < count_; ++i) {
    const uint64_t low = (intervals_[i].low + delta) & mask, high = (intervals_[i].high + delta) & mask;
    const bool all = intervals_[i].high - intervals_[i].low >= mask;
    if (all) {
      result = result.united({0, mask});
    } else if (low <= high) {
      result = result.united({low, high});
    } else {
      result = result.united({0, high}).united({low, mask});
    }
  }
  return result;
}

}  // namespace objhound::oracle
