#include "harness/swarm.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "generator/words.h"
#include "harness/files.h"
#include "harness/hash.h"

namespace objhound::harness {
namespace {

// Warnings are not what we look for, and printing them is work.
const char* const kQuiet = "-w";

// Seeds of neighbours, of draws and of catalogues must have nothing in common: each goes through the mixer.
uint64_t mix(uint64_t seed, uint64_t value) { return generator::Draw(seed ^ generator::Draw(value).next()).next(); }

}  // namespace

bool is_refusal(results::Outcome outcome, const results::ConfigurationRecord& with) {
  const bool for_developers = with.flags.find("-mllvm") != std::string::npos;
  return outcome == results::Outcome::Rejected || (outcome == results::Outcome::Crashed && for_developers);
}

Swarm::Swarm(const Config& config, const Matrix& matrix) : matrix_(matrix), culprits_(matrix.compilers.size()) {
  kinds_.resize(matrix.compilers.size());
  if (config.swarm.draws == 0) return;
  catalogue_ = config.swarm.flags ? config.swarm.flags.get() : &Catalogue::built_in();
  // The other versions take turns with those of the same family and architecture.
  std::map<std::pair<Family, std::string>, std::vector<size_t>> others;
  for (size_t i = 0; i < matrix.compilers.size(); ++i) {
    const Compiler& compiler = matrix.compilers[i];
    kinds_[i] = kind_of(compiler.version, compiler.config.arch);
    const auto has_flags = [&](const FlagTable& table) { return kinds_[i] && table.is_for(*kinds_[i]); };
    if (std::ranges::none_of(catalogue_->tables(), has_flags)) continue;
    if (!compiler.swarm_only) {
      for (unsigned n = 0; n < config.swarm.draws; ++n) rows_.push_back({{i}, n});
    } else {
      others[{kinds_[i]->family, kinds_[i]->arch}].push_back(i);
    }
  }
  for (const auto& [family, compilers] : others)
    for (unsigned n = 0; n < config.swarm.draws; ++n) rows_.push_back({compilers, n});
}

size_t Swarm::compiler_of(uint64_t seed, const Row& row) const {
  return row.compilers[(seed + row.turn) % row.compilers.size()];
}

Swarm::Drawn Swarm::draw(uint64_t seed, size_t number, bool careful) const {
  const Row& row = rows_[number];
  const size_t index = compiler_of(seed, row);
  const Compiler& compiler = matrix_.compilers[index];
  // By the compiler's name and turn, not by the number: another compiler in the matrix changes no draw of this one.
  uint64_t mixed = mix(seed, fnv1a(as_bytes(catalogue_->hash())));
  mixed = mix(mixed, fnv1a(as_bytes(compiler.config.name)));
  mixed = mix(mixed, row.turn);

  Drawn drawn;
  drawn.units = draw_units(*catalogue_, *kinds_[index], mixed);
  {
    std::lock_guard lock(mutex_);
    drawn.units = without(culprits_[index], drawn.units);
  }
  const auto dares = [](const Unit& unit) { return !unit.table->refuses.empty(); };
  if (careful) std::erase_if(drawn.units, dares);
  drawn.daring = std::ranges::any_of(drawn.units, dares);

  Configuration& result = drawn.configuration;
  result.compiler = index;
  result.flags = compiler.config.flags;
  const std::vector<std::string> flags = flags_of(drawn.units);
  result.flags.insert(result.flags.end(), flags.begin(), flags.end());
  result.flags.emplace_back(kQuiet);
  results::ConfigurationRecord& record = result.record;
  record.compiler = compiler.config.name;
  record.executable = compiler.config.path;
  record.version = compiler.version;
  record.arch = compiler.config.arch;
  record.level = "-O0";  // a compiler's own, if the level that was drawn is refused
  for (const Unit& unit : drawn.units)
    if (unit.table->slot == kLevelSlot) record.level = unit.words.back();
  record.flag_set = results::kSwarm;
  record.flags = generator::join_words(result.flags);
  record.name = fmt::format("{} {}", compiler.config.name, generator::join_words(flags));
  return drawn;
}

std::optional<results::RefusedFlags> Swarm::learn(const Drawn& drawn, const AskCompiler& ask) {
  const std::optional<Culprit> culprit = find_culprit(drawn.units, ask);
  if (!culprit) return {};
  const size_t index = drawn.configuration.compiler;
  {
    std::lock_guard lock(mutex_);
    culprits_[index].insert(culprit->units);
  }
  const std::vector<std::string> units(culprit->units.begin(), culprit->units.end());
  const results::ConfigurationRecord& record = drawn.configuration.record;
  return results::RefusedFlags{record.version, record.arch, generator::join_words(units), culprit->complaint};
}

void Swarm::remember(const std::vector<results::RefusedFlags>& refused) {
  std::lock_guard lock(mutex_);
  for (const results::RefusedFlags& entry : refused) {
    const auto units = generator::split_words(entry.units);
    if (!units) continue;
    for (size_t i = 0; i < matrix_.compilers.size(); ++i)
      if (matrix_.compilers[i].version == entry.version && matrix_.compilers[i].config.arch == entry.arch)
        culprits_[i].insert(std::set<std::string>(units->begin(), units->end()));
  }
}

}  // namespace objhound::harness
