#include "harness/guided/corpus.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <set>
#include <system_error>
#include <unordered_map>

#include "harness/files.h"
#include "harness/hash.h"

namespace objhound::harness {
namespace {

namespace fs = std::filesystem;

constexpr unsigned kDrawn = 0x8000;

}  // namespace

size_t configuration_of(uint16_t choice, size_t fixed, size_t all) {
  const size_t number = choice & ~kDrawn;
  return (choice & kDrawn) != 0 && all > fixed ? fixed + number % (all - fixed) : number % fixed;
}

uint16_t choice_of(size_t configuration, size_t fixed) {
  return static_cast<uint16_t>(configuration < fixed ? configuration : kDrawn | (configuration - fixed));
}

std::vector<uint8_t> to_bytes(const Input& input) {
  std::vector<uint8_t> bytes = generator::weave::to_bytes(input.program);
  bytes.insert(bytes.begin(), {static_cast<uint8_t>(input.choice), static_cast<uint8_t>(input.choice >> 8)});
  return bytes;
}

Input input_from(std::span<const uint8_t> bytes) {
  Input input;
  for (size_t i = 0; i < 2 && i < bytes.size(); ++i) input.choice |= static_cast<uint16_t>(bytes[i] << (8 * i));
  input.program = generator::weave::from_bytes(bytes.subspan(std::min<size_t>(2, bytes.size())));
  return input;
}

tl::expected<Corpus, std::string> Corpus::open(const std::string& directory) {
  std::error_code error;
  fs::create_directories(directory, error);
  if (error) return tl::unexpected(fmt::format("{}: cannot be created: {}", directory, error.message()));
  return Corpus(directory);
}

std::string Corpus::path_of(std::span<const uint8_t> input) const {
  return fmt::format("{}/{:016x}", directory_, fnv1a(input));
}

std::vector<std::vector<uint8_t>> Corpus::read() const {
  std::set<std::pair<size_t, std::vector<uint8_t>>> inputs;
  std::error_code error;
  for (fs::directory_iterator entry(directory_, error), end; !error && entry != end; entry.increment(error)) {
    std::error_code ignored;
    if (!entry->is_regular_file(ignored) || entry->file_size(ignored) > kMaxInputBytes) continue;
    const std::string bytes = slurp(entry->path());
    if (!bytes.empty()) inputs.emplace(bytes.size(), std::vector<uint8_t>(bytes.begin(), bytes.end()));
  }
  std::vector<std::vector<uint8_t>> sorted;
  for (const auto& [size, bytes] : inputs) sorted.push_back(bytes);
  return sorted;
}

bool Corpus::add(std::span<const uint8_t> input) const {
  return spill(path_of(input), std::string(input.begin(), input.end()));
}

// libFuzzer names files by another hash: all that have these bytes go.
void Corpus::remove(std::span<const uint8_t> input) const {
  std::error_code error;
  for (fs::directory_iterator entry(directory_, error), end; !error && entry != end; entry.increment(error)) {
    std::error_code ignored;
    if (!entry->is_regular_file(ignored) || entry->file_size(ignored) != input.size()) continue;
    const std::string bytes = slurp(entry->path());
    if (bytes.size() == input.size() && std::memcmp(bytes.data(), input.data(), input.size()) == 0)
      fs::remove(entry->path(), ignored);
  }
}

std::vector<size_t> cover(std::span<const std::vector<uint32_t>> features) {
  std::unordered_map<uint32_t, std::vector<size_t>> holders;
  for (size_t i = 0; i < features.size(); ++i)
    for (const uint32_t feature : features[i]) holders[feature].push_back(i);
  std::vector<const std::pair<const uint32_t, std::vector<size_t>>*> rarest;
  for (const auto& entry : holders) rarest.push_back(&entry);
  std::ranges::sort(rarest, [](const auto* a, const auto* b) {
    return std::pair(a->second.size(), a->first) < std::pair(b->second.size(), b->first);
  });
  std::set<uint32_t> had;
  std::set<size_t> chosen;
  for (const auto* entry : rarest) {
    if (had.contains(entry->first)) continue;
    const size_t holder = entry->second.front();
    chosen.insert(holder);
    had.insert(features[holder].begin(), features[holder].end());
  }
  // Some have become superfluous by those that came after them; of two, the larger one goes.
  std::unordered_map<uint32_t, size_t> times;
  for (const size_t input : chosen)
    for (const uint32_t feature : features[input]) ++times[feature];
  std::vector<size_t> needed;
  for (auto input = chosen.rbegin(); input != chosen.rend(); ++input) {
    const std::vector<uint32_t>& of = features[*input];
    if (std::ranges::all_of(of, [&](uint32_t feature) { return times[feature] > 1; })) {
      for (const uint32_t feature : of) --times[feature];
    } else {
      needed.push_back(*input);
    }
  }
  std::ranges::reverse(needed);
  return needed;
}

}  // namespace objhound::harness
