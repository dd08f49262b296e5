#include "harness/mutate/mutate.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <filesystem>
#include <set>
#include <thread>

#include "generator/words.h"
#include "harness/commands.h"
#include "harness/config.h"
#include "harness/files.h"
#include "harness/generate.h"
#include "harness/interrupt.h"
#include "harness/mutate/equivalence.h"
#include "harness/mutate/trial.h"
#include "oracle/decode/assembly.h"

namespace objhound::harness {
namespace {

namespace fs = std::filesystem;
using namespace mutation;

template <typename T>
using OrLine = tl::expected<T, std::string>;  // a line for people

struct Source {
  std::string name;      // in the report
  std::string argument;  // what selects it on the command line
  std::string path;
  bool assembly = false;
  std::vector<std::string> include_directories;
};

// The configured compilers at all their levels, or what --compiler asks for: a configured name or any program, with
// flags behind it; a configured name alone stands for all its levels.
// Fails on a quote that is never closed.
OrLine<std::vector<CompileCommand>> commands_of(const Config& config, const std::vector<std::string>& asked) {
  std::vector<CompileCommand> commands;
  const auto add = [&](const CompilerConfig& compiler, const std::vector<std::string>& flags) {
    CompileCommand command{compiler.name, {compiler.path}};
    command.argv.insert(command.argv.end(), compiler.flags.begin(), compiler.flags.end());
    command.argv.insert(command.argv.end(), flags.begin(), flags.end());
    for (const std::string& flag : flags) command.name += " " + flag;
    commands.push_back(std::move(command));
  };
  if (asked.empty()) {
    for (const CompilerConfig& compiler : config.compilers)
      for (const std::string& level : compiler.levels) add(compiler, {level});
  }
  for (const std::string& text : asked) {
    const auto all = generator::split_words(text);
    if (!all) return tl::unexpected(fmt::format("--compiler {}: {}", text, all.error()));
    if (all->empty()) continue;
    const std::vector<std::string> flags(all->begin() + 1, all->end());
    const auto found = std::ranges::find(config.compilers, all->front(), &CompilerConfig::name);
    if (found == config.compilers.end()) {
      commands.push_back({text, *all});
    } else if (flags.empty()) {
      for (const std::string& level : found->levels) add(*found, {level});
    } else {
      add(*found, flags);
    }
  }
  return commands;
}

// The second decoder has no part in what is measured here.
oracle::CheckOptions plain_checks() {
  oracle::CheckOptions options;
  options.second_opinion = false;
  return options;
}

Limits limits_of(const Config& config) {
  Limits limits;
  limits.wall_seconds = config.compile_wall_seconds;
  limits.cpu_seconds = config.compile_cpu_seconds;
  limits.memory_bytes = config.compile_memory_bytes;
  return limits;
}

class Run {
 public:
  Run(const MutateOptions& options, Config config, WorkDir& work, ProcessRunner& runner, std::atomic<bool>& stop)
      : options_(options), config_(std::move(config)), work_(work), runner_(runner), stop_(stop) {
    jobs_ = options.jobs != 0 ? options.jobs : cores();
    for (unsigned i = 0; i < jobs_; ++i) oracles_.emplace_back(plain_checks());
  }

  // Fails with what is wrong with the input.
  OrLine<Score> run() {
    const OrLine<std::vector<Source>> sources = collect_sources();
    if (!sources) return tl::unexpected(sources.error());
    const OrLine<std::vector<CompileCommand>> commands = commands_of(config_, options_.compilers);
    if (!commands) return tl::unexpected(commands.error());
    if (commands->empty()) return tl::unexpected(std::string("no compiler"));
    total_ = sources->size() * commands->size();
    for (const Source& source : *sources) {
      for (const CompileCommand& command : *commands) {
        if (stop_) break;
        if (const OrLine<void> done = one_compilation(source, command); !done) {
          // A compiler that is missing or refuses a program says nothing of the oracle; a file that is named must work.
          if (!options_.compilers.empty() || source.assembly) return tl::unexpected(done.error());
          score_.notes.push_back(done.error());
        }
        ++done_;
        progress(false);
      }
    }
    progress(true);
    if (score_.tallies.empty() && !stop_)
      return tl::unexpected(options_.only.empty() ? "no fault could be planted"
                                                  : "there is no mutant " + options_.only);
    return std::move(score_);
  }

 private:
  OrLine<std::vector<Source>> collect_sources() {
    std::vector<Source> sources;
    for (const std::string& file : options_.files) {
      const std::string extension = fs::path(file).extension();
      if (!fs::is_regular_file(file)) return tl::unexpected(file + ": no such file");
      if (extension != ".c" && extension != ".i" && extension != ".s")
        return tl::unexpected(file + ": neither .c, .i nor .s");
      if (extension == ".s" && options_.compilers.empty())
        return tl::unexpected(file + ": say with --compiler whose assembly it is");
      sources.push_back({file, file, fs::absolute(file), extension == ".s", {}});
    }
    const std::string seeds = options_.seeds.empty() && sources.empty() ? "1..3" : options_.seeds;
    if (seeds.empty()) return sources;
    uint64_t first = 0, last = 0;
    if (!parse_seeds(seeds, first, last)) return tl::unexpected("--seeds: not of the form A..B: " + seeds);
    const generator::RunCommand run = command_runner(runner_, work_, 0);
    const auto generator = generator::make_generator(config_.generator, run);
    if (!generator) return tl::unexpected(generator.error());
    for (uint64_t seed = first; seed <= last && !stop_; ++seed) {
      const auto program = (*generator)->generate(seed, run);
      if (!program) {
        score_.notes.push_back(fmt::format("seed {}: {}", seed, program.error()));
        continue;
      }
      const std::string path = work_.program_directory(seed) + "/" + program->file_name;
      if (!spill(path, program->text)) return tl::unexpected(path + ": cannot be written");
      sources.push_back({fmt::format("{} seed {}", config_.generator, seed), fmt::format("--seeds {}", seed), path,
                         false, program->include_directories});
    }
    return sources;
  }

  OrLine<void> one_compilation(const Source& source, const CompileCommand& command) {
    Bench bench(runner_, work_, 0, limits_of(config_));
    const OrLine<std::string> text =
        source.assembly ? slurp(source.path) : bench.compile(command, source.path, source.include_directories);
    if (!text) return tl::unexpected(text.error());
    const OrLine<std::string> object = bench.assemble(command, *text);
    if (!object) return tl::unexpected(fmt::format("{}: {}", source.name, object.error()));
    const oracle::FileReport report = oracles_[0].check_bytes("original.o", as_bytes(*object), command.flags());
    if (!report.error.empty()) return tl::unexpected(report.error);
    const oracle::Arch* arch = oracle::find_arch(report.arch);
    Listing listing = Listing::parse(*text, arch->assembly->comment);
    const OrLine<std::string> marked = bench.assemble(command, listing.with_symbols());
    if (!marked) return tl::unexpected(fmt::format("{}: {}", source.name, marked.error()));
    auto subject = Subject::make(std::move(listing), *object, *marked, report, command.flags());
    if (!subject) return tl::unexpected(fmt::format("{}: {}", source.name, subject.error()));

    const std::vector<Mutant> mutants = choose(**subject, source, command);
    Objtool objtool;
    if (!options_.objtool.empty() && arch->return_on_stack) {
      const auto warnings = bench.objtool_warnings(options_.objtool, *object);
      // It may give up a whole file for one thing that it does not know (a jump table that counts from itself).
      if (warnings && *warnings == 0) objtool.program = options_.objtool;
    }
    const std::vector<Trial> trials = try_all(**subject, mutants, command, objtool);
    record(**subject, source, command, mutants, trials);
    return {};
  }

  std::vector<Mutant> choose(const Subject& subject, const Source& source, const CompileCommand& command) const {
    std::vector<Mutant> all = plant(subject, options_.operators);
    if (!options_.only.empty()) {
      std::erase_if(all, [&](const Mutant& mutant) { return mutant.id() != options_.only; });
      return all;
    }
    if (options_.most == 0) return all;
    // FNV-1a over what names the compilation, so that no two draw alike.
    uint64_t seed = 0xcbf29ce484222325 ^ options_.seed;
    for (char c : source.name + command.name) seed = (seed ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    return sample(std::move(all), options_.most, seed);
  }

  std::vector<Trial> try_all(const Subject& subject, const std::vector<Mutant>& mutants, const CompileCommand& command,
                             const Objtool& objtool) {
    std::vector<Trial> trials(mutants.size());
    std::atomic<size_t> next = 0;
    const auto work = [&](unsigned worker) {
      Bench bench(runner_, work_, worker, limits_of(config_));
      for (size_t i = next++; i < mutants.size() && !stop_; i = next++) {
        trials[i] = try_mutant(subject, mutants[i], command, bench, oracles_[worker], objtool);
        ++tried_;
        if (worker == 0) progress(false);
      }
    };
    std::vector<std::jthread> pool;
    for (unsigned worker = 1; worker < jobs_; ++worker) pool.emplace_back(work, worker);
    work(0);
    return trials;
  }

  void record(const Subject& subject, const Source& source, const CompileCommand& command,
              const std::vector<Mutant>& mutants, const std::vector<Trial>& trials) {
    if (stop_) return;  // half a compilation is no figure
    ++score_.compilations;
    std::set<const Family*> hit;
    for (const Mutant& mutant : mutants) hit.insert(mutant.family);
    score_.functions += hit.size();
    for (const Family& family : subject.families) score_.functions_left_out += !family.proved;
    for (size_t i = 0; i < mutants.size(); ++i) {
      const Mutant& mutant = mutants[i];
      const Trial& trial = trials[i];
      score_.tallies[{std::string(subject.arch().name), command.name, std::string(mutant.op), mutant.directive}].add(
          trial);
      if (trial.fate == Fate::Equivalent) ++score_.arguments[trial.why];
      if (trial.fate == Fate::Killed) ++score_.rules[trial.why];
      const bool settled = trial.fate == Fate::Killed || trial.fate == Fate::Equivalent || trial.fate == Fate::Rejected;
      if (!settled || !options_.only.empty()) remark(subject, source, command, mutant, trial);
    }
  }

  void remark(const Subject& subject, const Source& source, const CompileCommand& command, const Mutant& mutant,
              const Trial& trial) {
    Remark remark{trial.fate,
                  trial.why,
                  std::string(subject.arch().name),
                  command.name,
                  source.name,
                  mutant.family->name,
                  mutant.id(),
                  {},
                  {},
                  {}};
    for (const Edit& edit : mutant.edits) {
      remark.before.push_back(subject.listing.lines[edit.line].text);
      if (!edit.text.empty()) remark.after.push_back(edit.text);
    }
    const std::string generator = source.argument == source.path || options_.generator.empty()
                                      ? ""
                                      : fmt::format("--generator \"{}\" ", options_.generator);
    remark.command = fmt::format("objhound mutate {}{} --compiler \"{}\" --only {} --keep DIR", generator,
                                 source.argument, command.name, mutant.id());
    score_.remarks.push_back(std::move(remark));
    if (!options_.keep.empty()) keep(subject, command, mutant);
  }

  void keep(const Subject& subject, const CompileCommand& command, const Mutant& mutant) {
    std::error_code ignored;
    fs::create_directories(options_.keep, ignored);
    const std::string text = with_edits(subject.listing, mutant.edits);
    bool written = spill(options_.keep + "/original.s", with_edits(subject.listing, {})) &&
                   spill(options_.keep + "/original.o", subject.bytes) && spill(options_.keep + "/mutant.s", text);
    Bench bench(runner_, work_, 0, limits_of(config_));
    if (const auto object = bench.assemble(command, text))
      written = spill(options_.keep + "/mutant.o", *object) && written;
    score_.notes.push_back(written ? fmt::format("objhound check --explain --function {} --flags \"{}\" {}/mutant.o",
                                                 mutant.family->name, command.flags(), options_.keep)
                                   : options_.keep + ": cannot be written");
  }

  // On a terminal one line that is rewritten; otherwise a line every ten seconds, for logs.
  void progress(bool over) {
    const bool terminal = isatty(STDERR_FILENO) == 1;
    const auto now = std::chrono::steady_clock::now();
    const std::chrono::duration<double> since = now - shown_;
    if (!over && since.count() < (terminal ? 0.2 : 10)) return;
    if (over && !terminal) return;
    shown_ = now;
    fmt::print(stderr, "{}{}/{} compilations, {} mutants, {} remarks{}", terminal ? "\r\x1b[K" : "", done_, total_,
               tried_.load(), score_.remarks.size(), terminal && !over ? "" : "\n");
    std::fflush(stderr);
  }

  const MutateOptions& options_;
  const Config config_;
  const WorkDir& work_;
  ProcessRunner& runner_;
  std::atomic<bool>& stop_;
  unsigned jobs_ = 1;
  std::vector<oracle::Oracle> oracles_;  // by worker, kept warm
  Score score_;
  size_t done_ = 0, total_ = 0;
  std::atomic<size_t> tried_ = 0;
  std::chrono::steady_clock::time_point shown_ = std::chrono::steady_clock::now();
};

std::string unknown_operator(const std::vector<std::string>& asked) {
  std::vector<std::string> known;
  for (const Operator& op : all_operators()) known.emplace_back(op.name);
  for (const std::string& name : asked)
    if (std::ranges::find(known, name) == known.end())
      return fmt::format("no operator '{}'{}", name, suggestion(name, known));
  return {};
}

}  // namespace

std::string mutate_footer() {
  std::string text =
      "Faults are planted into functions that are proved, one at a time. A mutant is killed if its function gets a\n"
      "violation. Mutants that break nothing are recognised by arguments (docs/mutation.md) and not counted.\n\n"
      "Operators:\n";
  for (const Operator& op : all_operators()) text += fmt::format("  {:<26} {}\n", op.name, op.what);
  return text +
         "\nExamples:\n"
         "  objhound mutate                                          three programs, every configured compiler\n"
         "  objhound mutate --seeds 1..20 --compiler \"gcc-12 -O2\"   one compiler, more programs\n"
         "  objhound mutate --compiler \"clang-19 -Os\" f.c           a program of yours\n"
         "  objhound mutate --operators drop-save,swap-saves --most 0\n\n"
         "Exit status: 0 all killed, 1 suspected, unproved or surviving mutants or contradictions, 2 wrong usage or "
         "input, 3 "
         "internal "
         "error.";
}

int mutate(const MutateOptions& options) {
  if (const std::string wrong = unknown_operator(options.operators); !wrong.empty())
    return complain(kWrongInput, wrong);
  auto config = choose_config(options.config);
  if (!config) return complain(kWrongInput, config.error());
  if (!options.generator.empty()) config->generator = options.generator;

  const auto work = WorkDir::create();
  if (!work) return complain(kWrongInput, work.error());
  Interrupt interrupt([&work] { (*work)->remove(); });
  ProcessRunner runner;
  std::atomic<bool> stop = false;
  interrupt.on_stop([&] {
    stop = true;
    runner.stop_all();
  });

  MutateOptions with_objtool = options;
  const bool installed = access(options.objtool.c_str(), X_OK) == 0;
  if (!installed) with_objtool.objtool.clear();
  auto score = Run(with_objtool, *std::move(config), **work, runner, stop).run();
  if (!score) return complain(kWrongInput, score.error());
  if (!installed && !options.objtool.empty())
    score->notes.push_back(options.objtool + " is not installed: no column for it");
  if (stop) score->notes.push_back("stopped before the end");
  fmt::print("{}", options.format == "json" ? to_json(*score) + "\n" : to_text(*score));
  return score->remarks.empty() ? kNothingFound : kFound;
}

}  // namespace objhound::harness
