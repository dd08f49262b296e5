// `objhound flags`: the catalogue as a table, with what the compilers of this machine say to it; or what a seed draws.

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <future>
#include <map>
#include <vector>

#include "harness/commands.h"
#include "harness/compile.h"
#include "harness/swarm.h"

namespace objhound::harness {
namespace {

// What each compiler of the matrix that the catalogue is for refuses, by its index; asked side by side.
using Refusals = std::map<size_t, std::map<std::string, std::string>>;

Refusals ask_compilers(const Config& config, const Catalogue& catalogue, const Matrix& matrix, ProcessRunner& runner,
                       const WorkDir& work) {
  std::map<size_t, std::future<std::map<std::string, std::string>>> answers;
  for (size_t i = 0; i < matrix.compilers.size(); ++i) {
    const Compiler& compiler = matrix.compilers[i];
    const auto kind = kind_of(compiler.version, compiler.config.arch);
    if (!kind) continue;
    answers[i] = std::async(std::launch::async, [&, i, kind = *kind] {
      CompilerDriver driver(config, runner, work, static_cast<unsigned>(i));
      return refused_flags(catalogue, kind, [&](const std::vector<std::string>& flags) -> std::optional<std::string> {
        const Diagnosis answer = driver.try_flags(compiler, flags, /*strict=*/true).diagnosis;
        if (answer.outcome == results::Outcome::Ok) return {};
        return answer.detail;
      });
    });
  }
  Refusals refusals;
  for (auto& [index, answer] : answers) refusals[index] = answer.get();
  return refusals;
}

std::string versions_of(const FlagTable& table) {
  if (table.oldest == 0 && table.newest == UINT32_MAX) return "all";
  return fmt::format("{}..{}", table.oldest == 0 ? "" : std::to_string(table.oldest),
                     table.newest == UINT32_MAX ? "" : std::to_string(table.newest));
}

// "yes", "no compiler here", or who refuses which of its values.
std::string here(const FlagTable& table, const Pattern& pattern, const Matrix& matrix, const Refusals& refusals) {
  size_t asked = 0;
  std::vector<std::string> against;
  for (const auto& [index, refused] : refusals) {
    const Compiler& compiler = matrix.compilers[index];
    if (!table.is_for(*kind_of(compiler.version, compiler.config.arch))) continue;
    ++asked;
    for (const std::string& sample : pattern.samples())
      if (const auto complaint = refused.find(Catalogue::unit(table, sample).text()); complaint != refused.end()) {
        against.push_back(fmt::format("{} refuses {}: {}", compiler.config.name, sample, complaint->second));
        break;
      }
  }
  if (asked == 0) return "no compiler here";
  return against.empty() ? "yes" : fmt::format("{}", fmt::join(against, "; "));
}

struct Column {
  std::string title;
  size_t width;
};

void print_row(const std::vector<std::string>& cells, const std::vector<Column>& columns, bool markdown) {
  std::string line = markdown ? "|" : "";
  for (size_t i = 0; i < cells.size(); ++i) {
    if (markdown)
      line += fmt::format(" {} |", cells[i]);
    else
      line += fmt::format("{:<{}}  ", cells[i], i + 1 == cells.size() ? 0 : columns[i].width);
  }
  line.erase(line.find_last_not_of(' ') + 1);
  fmt::print("{}\n", line);
}

void print_catalogue(const Catalogue& catalogue, const Matrix& matrix, const Refusals& refusals, bool ask,
                     bool markdown) {
  std::vector<Column> columns = {{"family", 6}, {"flag", 48},    {"shapes", 44},
                                 {"arch", 6},   {"versions", 8}, {"contract", 15}};
  if (ask) columns.push_back({"accepted here", 13});
  std::vector<std::string> titles, rules;
  for (const Column& column : columns) {
    titles.push_back(column.title);
    rules.emplace_back("---");
  }
  print_row(titles, columns, markdown);
  if (markdown) print_row(rules, columns, markdown);
  for (const FlagTable& table : catalogue.tables())
    for (const Pattern& pattern : table.flags) {
      const std::string flag = Catalogue::unit(table, pattern.text()).text();
      std::vector<std::string> cells = {std::string(to_text(table.family)),
                                        markdown ? "`" + flag + "`" : flag,
                                        table.shapes,
                                        table.archs.empty() ? "all" : fmt::format("{}", fmt::join(table.archs, ", ")),
                                        versions_of(table),
                                        fmt::format("{}", fmt::join(table.contract, ", "))};
      if (cells.back().empty()) cells.back() = "-";
      if (ask) cells.push_back(here(table, pattern, matrix, refusals));
      print_row(cells, columns, markdown);
    }
}

// What a campaign with one draw for each compiler would compile the seed's program with.
void print_draws(const Config& config, const Matrix& matrix, uint64_t seed) {
  const Swarm swarm(config, matrix);
  for (size_t number = 0; number < swarm.draws(); ++number)
    fmt::print("{}\n", swarm.draw(seed, number).configuration.record.name);
}

int print_flags(const FlagsOptions& options, ProcessRunner& runner, const WorkDir& work) {
  auto config = choose_config(options.config);
  if (!config) return complain(kWrongInput, config.error());
  if (!options.catalogue.empty()) config->swarm.catalogue = options.catalogue;
  if (const auto loaded = load_catalogue(*config); !loaded) return complain(kWrongInput, loaded.error());
  const Catalogue& catalogue = config->swarm.flags ? *config->swarm.flags : Catalogue::built_in();
  if (options.format == "toml") {
    fmt::print("{}", catalogue.text());
    return kNothingFound;
  }
  if (config->swarm.draws == 0) config->swarm.draws = 1;
  Matrix matrix;
  if (options.ask || options.draws) matrix = probe(*config, runner, work);
  if (options.draws) {
    print_draws(*config, matrix, *options.draws);
    return kNothingFound;
  }
  const Refusals refusals = ask_compilers(*config, catalogue, matrix, runner, work);
  print_catalogue(catalogue, matrix, refusals, options.ask, options.format == "markdown");
  return kNothingFound;
}

}  // namespace

int flags(const FlagsOptions& options) {
  const auto work = WorkDir::create();
  if (!work) return complain(kWrongInput, work.error());
  ProcessRunner runner;
  return print_flags(options, runner, **work);
}

}  // namespace objhound::harness
