#include "harness/matrix.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <future>
#include <optional>
#include <set>

#include "generator/words.h"
#include "harness/swarm.h"
#include "harness/versions.h"
#include "oracle/arch.h"

namespace objhound::harness {
namespace {

constexpr double kProbeSeconds = 20;

// Warnings are not what we look for, and printing them is work.
const char* const kQuiet = "-w";

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

// The machine that an ELF file is for, or nothing if it is no little-endian ELF file.
std::optional<uint16_t> elf_machine(const std::string& path) {
  constexpr size_t kIdentData = 5, kMachine = 18;
  std::ifstream file(path, std::ios::binary);
  char header[20] = {};
  if (!file.read(header, sizeof header) ||
      std::string_view(header, 4) !=
          "\x7f"
          "ELF" ||
      header[kIdentData] != 1)
    return {};
  return static_cast<uint16_t>(static_cast<uint8_t>(header[kMachine]) | static_cast<uint8_t>(header[kMachine + 1])
                                                                            << 8);
}

// Asks one compiler. Runs beside the probes of the others, in a directory of its own.
class Probe {
 public:
  Probe(const Config& config, const CompilerConfig& compiler, bool swarm_only, ProcessRunner& runner,
        std::string directory)
      : config_(config), compiler_{compiler, "", swarm_only}, runner_(runner), directory_(std::move(directory)) {
    std::ofstream(directory_ + "/probe.c") << "int probe;\n";
  }

  // The compiler as far as it is usable, or nothing.
  std::optional<Compiler> ask() {
    ProcessResult result = run({compiler_.config.path, "--version"});
    if (result.ending == Ending::NotStarted) return note("skipped: " + result.failure);
    compiler_.version = first_line(result.out);
    if (!result.ok() || compiler_.version.empty()) return note("skipped: --version says nothing: " + complaint(result));
    if (!makes_right_objects()) return {};
    if (compiler_.swarm_only) return compiler_;
    keep_what_works();
    if (compiler_.config.levels.empty()) return note("skipped: it refuses all levels");
    return compiler_;
  }
  const std::vector<std::string>& notes() const { return notes_; }

 private:
  std::nullopt_t note(const std::string& what) {
    notes_.push_back(compiler_.config.name + ": " + what);
    return std::nullopt;
  }
  static std::string complaint(const ProcessResult& result) {
    return result.err.empty() ? result.summary() : first_line(result.err);
  }

  ProcessResult run(std::vector<std::string> argv) {
    ProcessSpec spec;
    spec.argv = std::move(argv);
    spec.working_directory = directory_;
    spec.environment = {"LC_ALL=C", "TMPDIR=" + directory_};
    spec.limits.wall_seconds = kProbeSeconds;
    return runner_.run(spec);
  }
  ProcessResult compile_with(const std::vector<std::string>& flags) {
    std::vector<std::string> argv = {compiler_.config.path};
    argv.insert(argv.end(), compiler_.config.flags.begin(), compiler_.config.flags.end());
    argv.insert(argv.end(), flags.begin(), flags.end());
    argv.insert(argv.end(), {"-c", "probe.c", "-o", "probe.o"});
    return run(std::move(argv));
  }

  bool makes_right_objects() {
    const oracle::Arch* arch = oracle::find_arch(compiler_.config.arch);
    if (arch == nullptr) {
      std::vector<std::string_view> names;
      for (const oracle::Arch* known : oracle::all_archs()) names.push_back(known->name);
      note(fmt::format("skipped: architecture '{}' is unknown (there are: {})", compiler_.config.arch,
                       fmt::join(names, ", ")));
      return false;
    }
    const ProcessResult result = compile_with({});
    if (!result.ok()) {
      note("skipped: it does not compile a line: " + complaint(result));
      return false;
    }
    const auto machine = elf_machine(directory_ + "/probe.o");
    if (machine == arch->elf_machine) return true;
    const oracle::Arch* other = machine ? oracle::find_arch(*machine) : nullptr;
    note(fmt::format("skipped: its objects are {}, not {} as configured",
                     other != nullptr ? std::string(other->name) : "for an unknown machine", arch->name));
    return false;
  }

  // Levels and flag sets that the compiler refuses are dropped, each with its own note.
  void keep_what_works() {
    std::erase_if(compiler_.config.levels, [&](const std::string& level) { return refused({level}, level); });
    std::erase_if(compiler_.config.flag_sets, [&](const std::string& name) {
      const auto set = std::find_if(config_.flag_sets.begin(), config_.flag_sets.end(),
                                    [&](const FlagSet& candidate) { return candidate.name == name; });
      return !set->flags.empty() && refused(set->flags, "flag set " + name);
    });
  }
  bool refused(const std::vector<std::string>& flags, const std::string& name) {
    // Clang takes an unknown -f or -m flag for another target with a warning; a warning is a refusal here.
    std::vector<std::string> strict = flags;
    strict.emplace_back("-Werror");
    const ProcessResult result = compile_with(strict);
    if (!result.ok()) note(fmt::format("{} left out: {}", name, complaint(result)));
    return !result.ok();
  }

  const Config& config_;
  Compiler compiler_;
  ProcessRunner& runner_;
  std::string directory_;
  std::vector<std::string> notes_;
};

void add_configurations(const Config& config, size_t index, Matrix& matrix) {
  const Compiler& compiler = matrix.compilers[index];
  for (size_t level = 0; level < compiler.config.levels.size(); ++level) {
    size_t others = 0;
    for (const std::string& name : compiler.config.flag_sets) {
      const auto set = std::find_if(config.flag_sets.begin(), config.flag_sets.end(),
                                    [&](const FlagSet& candidate) { return candidate.name == name; });
      Configuration entry;
      entry.compiler = index;
      entry.level = level;
      entry.flag_set = name == "default" ? 0 : ++others;
      entry.flags = compiler.config.flags;
      entry.flags.push_back(compiler.config.levels[level]);
      entry.flags.insert(entry.flags.end(), set->flags.begin(), set->flags.end());
      entry.flags.emplace_back(kQuiet);

      entry.record.compiler = compiler.config.name;
      entry.record.executable = compiler.config.path;
      entry.record.version = compiler.version;
      entry.record.arch = compiler.config.arch;
      entry.record.level = compiler.config.levels[level];
      entry.record.flag_set = name;
      entry.record.flags = generator::join_words(entry.flags);
      entry.record.name =
          fmt::format("{} {}{}", compiler.config.name, entry.record.level, entry.flag_set == 0 ? "" : " +" + name);
      matrix.configurations.push_back(std::move(entry));
    }
  }
}

}  // namespace

std::vector<size_t> Matrix::for_seed(uint64_t seed) const {
  std::vector<size_t> chosen;
  for (size_t i = 0; i < configurations.size(); ++i) {
    const Configuration& entry = configurations[i];
    const std::vector<std::string>& sets = compilers[entry.compiler].config.flag_sets;
    const size_t others = sets.size() - (!sets.empty() && sets.front() == "default" ? 1 : 0);
    if (!rotate || entry.flag_set == 0 || (seed + entry.level) % others == entry.flag_set - 1) chosen.push_back(i);
  }
  return chosen;
}

Matrix probe(const Config& config, ProcessRunner& runner, const WorkDir& work) {
  std::vector<CompilerConfig> others;
  const char* const search_path = std::getenv("PATH");
  if (config.swarm.draws > 0 && config.swarm.versions && search_path != nullptr)
    others = other_versions(config, search_path);
  std::vector<Probe> probes;
  probes.reserve(config.compilers.size() + others.size());
  const auto add = [&](const CompilerConfig& compiler, bool swarm_only) {
    probes.emplace_back(config, compiler, swarm_only, runner,
                        work.worker_directory(static_cast<unsigned>(probes.size())));
  };
  for (const CompilerConfig& compiler : config.compilers) add(compiler, false);
  for (const CompilerConfig& compiler : others) add(compiler, true);
  std::vector<std::future<std::optional<Compiler>>> answers;
  answers.reserve(probes.size());
  for (Probe& probe : probes) answers.push_back(std::async(std::launch::async, [&probe] { return probe.ask(); }));

  Matrix matrix;
  matrix.rotate = config.rotate;
  for (size_t i = 0; i < probes.size(); ++i) {
    std::optional<Compiler> compiler = answers[i].get();
    matrix.notes.insert(matrix.notes.end(), probes[i].notes().begin(), probes[i].notes().end());
    if (!compiler) continue;
    matrix.compilers.push_back(std::move(*compiler));
    add_configurations(config, matrix.compilers.size() - 1, matrix);
  }
  return matrix;
}

std::string to_text(const Matrix& matrix) {
  std::string text;
  for (const Compiler& compiler : matrix.compilers) {
    const CompilerConfig& config = compiler.config;
    text += fmt::format("  {:<16} {:<8} {}\n", config.name, config.arch, compiler.version);
    if (compiler.swarm_only) {
      text += fmt::format("  {:<25} drawn flags, in turn with other versions\n", "");
      continue;
    }
    text += fmt::format("  {:<25} {}; {}\n", "", fmt::join(config.levels, " "), fmt::join(config.flag_sets, ", "));
  }
  return text + fmt::format("  {} configurations, {} compilations for each program\n", matrix.configurations.size(),
                            matrix.for_seed(0).size());
}

}  // namespace objhound::harness
