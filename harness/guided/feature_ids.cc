#include "harness/guided/feature_ids.h"

#include <algorithm>

namespace objhound::harness {
namespace {

// splitmix64's mixer (see generator/swarm.h): hash and place together are as good as random again.
uint64_t mixed(uint64_t z) {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

}  // namespace

FeatureIds::Noted FeatureIds::note(const Configuration& configuration, std::span<const uint64_t> hashes) {
  Noted noted;
  noted.ids.reserve(hashes.size());
  const uint64_t place = mixed((uint64_t{configuration.compiler} << 32) + configuration.level + 1);
  std::lock_guard lock(mutex_);
  for (const uint64_t hash : hashes) {
    const auto next = static_cast<uint32_t>(ids_.size() % kMaxFeatureIds);
    const auto [entry, fresh] = ids_.try_emplace(mixed(hash ^ place), next);
    noted.ids.push_back(entry->second);
    noted.fresh += fresh;
  }
  std::ranges::sort(noted.ids);
  return noted;
}

size_t FeatureIds::size() const {
  std::lock_guard lock(mutex_);
  return ids_.size();
}

}  // namespace objhound::harness
