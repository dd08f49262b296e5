#include "harness/flags/acceptance.h"

#include <algorithm>

namespace objhound::harness {
namespace {

// More on one command line and options begin to shadow each other.
constexpr size_t kTogether = 64;

void halve(std::span<const Unit> units, const AskCompiler& ask, std::map<std::string, std::string>& refused) {
  const auto complaint = ask(flags_of(units));
  if (!complaint) return;
  if (units.size() == 1) {
    refused[units.front().text()] = *complaint;
    return;
  }
  halve(units.first(units.size() / 2), ask, refused);
  halve(units.subspan(units.size() / 2), ask, refused);
}

}  // namespace

const char* const kTrivialProgram =
    "int callee(int);\n"
    "static int table[4];\n"
    "int probe(int a) {\n"
    "  int local[8];\n"
    "  local[a & 7] = a;\n"
    "  switch (a) {\n"
    "    case 1: return callee(2);\n"
    "    case 2: return callee(7) + 1;\n"
    "    case 3: return table[a & 3]++;\n"
    "  }\n"
    "  for (int i = 0; i < a; ++i) local[i & 7] += callee(i);\n"
    "  return local[3];\n"
    "}\n";

std::vector<std::string> flags_of(std::span<const Unit> units) {
  std::vector<std::string> flags;
  for (const Unit& unit : units) flags.insert(flags.end(), unit.words.begin(), unit.words.end());
  return flags;
}

std::optional<Culprit> find_culprit(std::span<const Unit> units, const AskCompiler& ask) {
  auto complaint = ask(flags_of(units));
  if (!complaint) return {};
  std::vector<Unit> left(units.begin(), units.end());
  // The last first: what was drawn last is what `without` would leave out.
  for (size_t i = left.size(); i-- > 0;) {
    std::vector<Unit> fewer = left;
    fewer.erase(fewer.begin() + static_cast<ptrdiff_t>(i));
    const auto still = ask(flags_of(fewer));
    if (!still) continue;
    complaint = still;
    left = std::move(fewer);
  }
  if (left.empty()) return {};
  Culprit culprit;
  culprit.complaint = *complaint;
  for (const Unit& unit : left) culprit.units.insert(unit.text());
  return culprit;
}

std::map<std::string, std::string> refused_flags(const Catalogue& catalogue, const CompilerKind& kind,
                                                 const AskCompiler& ask) {
  // Greedy colouring: each unit goes into the first group that it agrees with.
  std::vector<std::vector<Unit>> groups;
  for (const FlagTable& table : catalogue.tables()) {
    if (!table.is_for(kind)) continue;
    for (const Pattern& pattern : table.flags) {
      size_t first = 0;  // two samples of one pattern never agree
      for (const std::string& sample : pattern.samples()) {
        const Unit unit = Catalogue::unit(table, sample);
        while (first < groups.size() &&
               (table.slot == kLevelSlot || groups[first].size() >= kTogether ||
                !std::ranges::all_of(groups[first], [&](const Unit& other) { return catalogue.agree(unit, other); })))
          ++first;
        if (first == groups.size()) groups.emplace_back();
        groups[first++].push_back(unit);
      }
    }
  }
  const auto ask_at_level = [&](const std::vector<std::string>& flags) {
    std::vector<std::string> all = {"-O2"};
    all.insert(all.end(), flags.begin(), flags.end());
    return ask(all);
  };
  std::map<std::string, std::string> refused;
  for (const std::vector<Unit>& group : groups) halve(group, ask_at_level, refused);
  return refused;
}

}  // namespace objhound::harness
