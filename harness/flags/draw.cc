#include "harness/flags/draw.h"

#include <algorithm>

namespace objhound::harness {
namespace {

constexpr uint64_t kFew = 4, kMany = 12;
constexpr uint64_t kOneInMany = 8;  // draws are large
// Drawing again what does not agree with the rest; then it is left at what there is.
constexpr int kTries = 8;

// The tables for the compiler, levels apart from all others.
struct Choice {
  std::vector<const FlagTable*> tables;
  uint64_t weight = 0;

  void add(const FlagTable& table) {
    tables.push_back(&table);
    weight += table.weight;
  }
  const FlagTable& draw(generator::Draw& draw) const {
    uint64_t at = draw.between(0, weight - 1);
    for (const FlagTable* table : tables) {
      if (at < table->weight) return *table;
      at -= table->weight;
    }
    return *tables.back();
  }
};

Unit draw_unit(const Choice& choice, generator::Draw& draw) {
  const FlagTable& table = choice.draw(draw);
  const Pattern& pattern = table.flags[draw.between(0, table.flags.size() - 1)];
  return Catalogue::unit(table, pattern.draw(draw));
}

}  // namespace

std::vector<Unit> draw_units(const Catalogue& catalogue, const CompilerKind& kind, uint64_t seed) {
  Choice levels, others;
  for (const FlagTable& table : catalogue.tables())
    if (table.weight > 0 && table.is_for(kind)) (table.slot == kLevelSlot ? levels : others).add(table);

  generator::Draw draw(seed);
  std::vector<Unit> units;
  if (levels.weight > 0) units.push_back(draw_unit(levels, draw));
  const bool large = draw.between(1, kOneInMany) == 1;
  const uint64_t wanted = units.size() + (large ? draw.between(kFew + 1, kMany) : draw.between(1, kFew));
  for (int tries = 0; others.weight > 0 && units.size() < wanted && tries < kTries;) {
    const Unit unit = draw_unit(others, draw);
    const bool fits = std::ranges::all_of(units, [&](const Unit& other) { return catalogue.agree(unit, other); });
    if (fits) units.push_back(unit);
    tries = fits ? 0 : tries + 1;
  }
  return units;
}

std::vector<Unit> without(const Culprits& culprits, std::span<const Unit> units) {
  std::vector<Unit> kept;
  std::set<std::string> texts;
  for (const Unit& unit : units) {
    texts.insert(unit.text());
    const bool refused = std::ranges::any_of(culprits, [&](const std::set<std::string>& culprit) {
      return culprit.contains(unit.text()) && std::ranges::includes(texts, culprit);
    });
    if (refused)
      texts.erase(unit.text());
    else
      kept.push_back(unit);
  }
  return kept;
}

}  // namespace objhound::harness
