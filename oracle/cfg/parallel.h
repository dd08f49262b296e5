// Work that is handed out to threads piece by piece.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

namespace objhound::oracle {

// Calls work(i, thread) for each i below `count`, on up to `threads` threads, of which this one is number 0. Returns
// when all is done.
template <typename Work>
void in_parallel(size_t count, size_t threads, const Work& work) {
  std::atomic<size_t> next = 0;
  const auto take = [&](size_t thread) {
    for (size_t i = next++; i < count; i = next++) work(i, thread);
  };
  std::vector<std::jthread> pool;
  for (size_t t = 1; t < std::min(threads, count); ++t) pool.emplace_back(take, t);
  take(0);
}

}  // namespace objhound::oracle
