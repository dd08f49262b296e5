// Features as small numbers, which is what libFuzzer counts with. What is new is new for a compiler and a level: that
// GCC has been seen to make a frame some way at -O2 says nothing about Clang, nor about -Os.
#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <span>
#include <unordered_map>
#include <vector>

#include "harness/matrix.h"

namespace objhound::harness {

// libFuzzer keeps 2^21 features, and takes 8 for each counter (FuzzerTracePC.h, FuzzerCorpus.h). Features beyond that
// many share numbers, which blurs the feedback and nothing else.
inline constexpr uint32_t kMaxFeatureIds = 1u << 18;

// For all threads.
class FeatureIds {
 public:
  struct Noted {
    std::vector<uint32_t> ids;  // ascending
    size_t fresh = 0;           // how many of them nobody had noted before
  };
  // `hashes`: of the features of an object that the configuration's compiler has made at its level.
  Noted note(const Configuration& configuration, std::span<const uint64_t> hashes);
  size_t size() const;

 private:
  mutable std::mutex mutex_;
  std::unordered_map<uint64_t, uint32_t> ids_;
};

}  // namespace objhound::harness
