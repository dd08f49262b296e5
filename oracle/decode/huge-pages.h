// Memory for tables that are large, live long and are read at random places: what costs there is not only that the
// entry is not in the cache, but that the address of its page is not in the processor's either. Pages of 2 MB are few.
// (For all of the program's memory they cost more than they give: most of it is used once, and must be cleared first.)
#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>
#include <vector>

namespace objhound::oracle {

// An allocator for containers; small ones get ordinary memory. A kernel that has no huge pages ignores the advice.
template <typename T>
struct HugePages {
  using value_type = T;
  HugePages() = default;
  template <typename Other>
  HugePages(const HugePages<Other>&) {}

  T* allocate(size_t count) {
    const size_t bytes = count * sizeof(T);
    if (bytes < kHugePage) return std::allocator<T>().allocate(count);
    const size_t whole = (bytes + kHugePage - 1) & ~(kHugePage - 1);
    void* const memory = std::aligned_alloc(kHugePage, whole);
    if (memory == nullptr) throw std::bad_alloc();
    madvise(memory, whole, MADV_HUGEPAGE);
    return static_cast<T*>(memory);
  }
  void deallocate(T* memory, size_t count) {
    count * sizeof(T) < kHugePage ? std::allocator<T>().deallocate(memory, count) : std::free(memory);
  }
  friend bool operator==(HugePages, HugePages) { return true; }

 private:
  static constexpr size_t kHugePage = size_t{2} << 20;
};

template <typename T>
using LargeTable = std::vector<T, HugePages<T>>;

}  // namespace objhound::oracle
