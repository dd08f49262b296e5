#include "harness/link.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "generator/words.h"
#include "harness/files.h"
#include "oracle/elf/object.h"

namespace objhound::harness {
namespace {

namespace fs = std::filesystem;
template <typename T>
using OrError = tl::expected<T, std::string>;

bool is_source(const std::string& file) {
  const std::string extension = fs::path(file).extension().string();
  return extension == ".c" || extension == ".i" || extension == ".ii" || extension == ".s" || extension == ".S" ||
         extension == ".cc" || extension == ".cpp" || extension == ".cxx";
}

// What an object of C++ asks its library for, if it asks for anything, has one of these in its name: the functions of
// the ABI (Itanium C++ ABI 3.3, 2.6), the classes of its type information (2.9), operator new and delete, namespace
// std.
bool is_cplusplus(std::string_view object) {
  return std::ranges::any_of(
      std::array<std::string_view, 6>{"__cxa_", "__gxx_personality_v0", "_ZTVN10__cxxabiv1", "_Znw", "_Zdl", "_ZNSt"},
      [&](std::string_view name) { return object.find(name) != std::string_view::npos; });
}

OrError<std::string> read_file(const std::string& path) {
  std::string bytes = slurp(path);
  if (bytes.empty()) return tl::unexpected(fmt::format("{}: cannot be read", path));
  return bytes;
}

const CompilerConfig* first_compiler(const Config& config, std::string_view arch) {
  for (const CompilerConfig& compiler : config.compilers)
    if (arch.empty() || compiler.arch == arch) return &compiler;
  return nullptr;
}

class Linker {
 public:
  Linker(const LinkOptions& options, const Config& config, ProcessRunner& runner, const WorkDir& work)
      : options_(options), config_(config), runner_(runner), work_(work), directory_(work.worker_directory(0)) {}

  OrError<LinkedProgram> link() {
    LinkedProgram linked;
    std::vector<std::string> inputs;
    std::string arch;
    for (const std::string& file : options_.files) {
      auto object = is_source(file) ? compile(file, linked) : OrError<std::string>(fs::absolute(file).string());
      if (!object) return tl::unexpected(object.error());
      auto bytes = read_file(*object);
      if (!bytes) return tl::unexpected(bytes.error());
      const auto parsed = oracle::ObjectFile::parse(file, as_bytes(*bytes));
      if (!parsed) return tl::unexpected(parsed.error().text());
      if (!parsed->relocatable()) {
        if (options_.files.size() > 1)
          return tl::unexpected(fmt::format("{}: is linked already; give it alone, or give its objects", file));
        linked.program = {file, std::move(*bytes)};
        return linked;
      }
      if (arch.empty()) arch = parsed->arch().name;
      if (arch != parsed->arch().name)
        return tl::unexpected(fmt::format("{}: is for {}, the others are for {}", file, parsed->arch().name, arch));
      inputs.push_back(*object);
      linked.objects.push_back({file, std::move(*bytes)});
    }
    return link_objects(arch, inputs, std::move(linked));
  }

 private:
  // The object's path.
  OrError<std::string> compile(const std::string& source, LinkedProgram& linked) {
    std::vector<std::string> argv;
    if (options_.compiler.empty()) {
      const CompilerConfig* compiler = first_compiler(config_, "");
      if (compiler == nullptr) return tl::unexpected(std::string("no compiler is configured (say --compiler)"));
      argv = {compiler->path};
      argv.insert(argv.end(), compiler->flags.begin(), compiler->flags.end());
      argv.emplace_back("-O2");
    } else {
      const auto words = generator::split_words(options_.compiler);
      if (!words || words->empty()) return tl::unexpected("--compiler: " + (words ? "is empty" : words.error()));
      argv = *words;
    }
    linked.flags = generator::join_words(argv);
    std::string object = fmt::format("{}/{}.o", directory_, linked.objects.size());
    argv.insert(argv.end(), {"-w", "-c", fs::absolute(source).string(), "-o", object});
    if (const std::string failure = run(argv); !failure.empty())
      return tl::unexpected(fmt::format("{}: not compiled: {}", source, failure));
    return object;
  }

  OrError<LinkedProgram> link_objects(const std::string& arch, const std::vector<std::string>& inputs,
                                      LinkedProgram linked) {
    std::vector<std::string> argv;
    if (!options_.linker.empty()) {
      const auto words = generator::split_words(options_.linker);
      if (!words || words->empty()) return tl::unexpected("--linker: " + (words ? "is empty" : words.error()));
      argv = *words;
    } else if (const CompilerConfig* compiler = first_compiler(config_, arch)) {
      argv = {compiler->path};
      argv.insert(argv.end(), compiler->flags.begin(), compiler->flags.end());
    } else {
      return tl::unexpected(fmt::format("no compiler for {} is configured to link with (say --linker)", arch));
    }
    linked.program.name = directory_ + "/program";
    argv.insert(argv.end(), {"-w", "-static", "-no-pie"});
    argv.insert(argv.end(), inputs.begin(), inputs.end());
    argv.insert(argv.end(), {"-lm", "-o", linked.program.name});
    // In front of the mathematical library, which it needs.
    if (std::ranges::any_of(linked.objects, [](const LinkedFile& file) { return is_cplusplus(file.bytes); }))
      argv.insert(argv.end() - 3, "-lstdc++");
    if (const std::string failure = run(argv); !failure.empty())
      return tl::unexpected(fmt::format("{}: not linked: {}", options_.files.front(), failure));
    auto bytes = read_file(linked.program.name);
    if (!bytes) return tl::unexpected(bytes.error());
    linked.program = {"the linked program", std::move(*bytes)};
    return linked;
  }

  // Empty if all went well.
  std::string run(const std::vector<std::string>& argv) {
    ProcessSpec spec;
    spec.argv = argv;
    spec.working_directory = directory_;
    spec.environment = {"LC_ALL=C", "TMPDIR=" + work_.worker_tmp(0)};
    spec.limits.wall_seconds = config_.compile_wall_seconds;
    spec.limits.cpu_seconds = config_.compile_cpu_seconds;
    spec.limits.memory_bytes = config_.compile_memory_bytes;
    const ProcessResult result = runner_.run(spec);
    if (result.ok()) return "";
    // The first line says what is wrong; if it ends in a colon it says where, and the next one what.
    std::string_view said = result.err;
    std::string line;
    do {
      const size_t end = std::min(said.find('\n'), said.size());
      line += (line.empty() ? "" : " ") + std::string(said.substr(0, end));
      said.remove_prefix(std::min(end + 1, said.size()));
    } while (line.ends_with(':') && !said.empty());
    return line.empty() ? fmt::format("{}: {}", argv.front(), result.summary())
                        : fmt::format("{}: {}", result.summary(), line);
  }

  const LinkOptions& options_;
  const Config& config_;
  ProcessRunner& runner_;
  const WorkDir& work_;
  const std::string directory_;
};

}  // namespace

tl::expected<LinkedProgram, std::string> link_program(const LinkOptions& options, const Config& config,
                                                      ProcessRunner& runner, const WorkDir& work) {
  return Linker(options, config, runner, work).link();
}

}  // namespace objhound::harness
