#include "oracle/witness/placement.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <unordered_map>

namespace objhound::oracle::witness {
namespace {

constexpr uint64_t kFieldBytes = 4;        // what a relocation of an instruction changes, from its offset on
constexpr uint64_t kRelaxedSequence = 16;  // bytes: the longest that linkers rewrite as one
// Of a section's bytes, at most one in so many may differ without a relocation nearby.
constexpr uint64_t kDifferingShare = 8;

using AddressesByName = std::unordered_multimap<std::string_view, uint64_t>;

AddressesByName addresses_by_name(const ObjectFile& program) {
  AddressesByName addresses;
  for (const Symbol& symbol : program.symbols()) {
    if (!symbol.place.valid() || symbol.section_symbol || symbol.name.empty()) continue;
    const Section& section = program.sections()[symbol.place.section];
    if (section.executable)
      addresses.emplace(symbol.name, section.address + static_cast<uint64_t>(symbol.place.offset));
  }
  return addresses;
}

// The offsets at which the section differs from the program's bytes, relocated fields apart; nothing if they are too
// many for the same code, or if no such bytes are there.
std::optional<std::vector<uint64_t>> differences(const Section& section, const ObjectFile& program, uint64_t address) {
  const Place place = program.place_of_address(address);
  if (!place.valid()) return std::nullopt;
  const std::span<const uint8_t> linked = program.sections()[place.section].bytes;
  const auto begin = static_cast<uint64_t>(place.offset);
  if (begin > linked.size() || section.bytes.size() > linked.size() - begin) return std::nullopt;
  std::vector<uint64_t> offsets;
  uint64_t unexplained = 0;
  auto relocation = section.relocations.begin();
  for (uint64_t i = 0; i < section.bytes.size(); ++i) {
    while (relocation != section.relocations.end() && relocation->offset + kFieldBytes <= i) ++relocation;
    const bool ahead = relocation != section.relocations.end();
    if (section.bytes[i] == linked[begin + i] || (ahead && relocation->offset <= i)) continue;
    offsets.push_back(i);
    const bool relaxed =
        (ahead && relocation->offset < i + kRelaxedSequence) ||
        (relocation != section.relocations.begin() && std::prev(relocation)->offset + kRelaxedSequence > i);
    unexplained += !relaxed;
  }
  if (unexplained > section.bytes.size() / kDifferingShare) return std::nullopt;
  return offsets;
}

}  // namespace

bool Placement::rewritten_near(Place place) const {
  if (!place.valid() || place.section >= rewritten.size()) return false;
  const std::vector<uint64_t>& offsets = rewritten[place.section];
  const auto at = static_cast<uint64_t>(place.offset);
  const auto it = std::ranges::lower_bound(offsets, at < kRelaxedSequence ? 0 : at - kRelaxedSequence);
  return it != offsets.end() && *it < at + kRelaxedSequence;
}

Placement place_object(const ObjectFile& object, const ObjectFile& program) {
  const std::span<const Section> sections = object.sections();
  Placement placement;
  placement.address.resize(sections.size());
  placement.rewritten.resize(sections.size());
  if (!object.relocatable()) {
    for (size_t s = 0; s < sections.size(); ++s)
      if (sections[s].allocated) placement.address[s] = sections[s].address;
    return placement;
  }
  const AddressesByName addresses = addresses_by_name(program);
  std::vector<std::map<uint64_t, unsigned>> votes(sections.size());
  for (const Symbol& symbol : object.symbols()) {
    if (!symbol.place.valid() || symbol.section_symbol || !sections[symbol.place.section].executable) continue;
    const auto [first, last] = addresses.equal_range(symbol.name);
    for (auto it = first; it != last; ++it)
      ++votes[symbol.place.section][it->second - static_cast<uint64_t>(symbol.place.offset)];
  }
  for (size_t s = 0; s < sections.size(); ++s) {
    std::vector<std::pair<unsigned, uint64_t>> candidates;
    for (const auto& [address, count] : votes[s]) candidates.emplace_back(count, address);
    std::ranges::sort(candidates, std::greater{});
    for (const auto& [count, address] : candidates) {
      auto differing = differences(sections[s], program, address);
      if (!differing) continue;
      placement.address[s] = address;
      placement.rewritten[s] = std::move(*differing);
      break;
    }
  }
  return placement;
}

}  // namespace objhound::oracle::witness
