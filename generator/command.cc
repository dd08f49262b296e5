// Any program that writes C can be a generator: "cmd: yarpgen --seed={seed} -o {output}".

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <span>

#include "generator/external.h"
#include "generator/words.h"

namespace objhound::generator {
namespace {

constexpr std::string_view kSeed = "{seed}";
constexpr std::string_view kOutput = "{output}";
constexpr std::string_view kOutputFile = "program.c";
constexpr double kTimeLimitSeconds = 60;

std::string replaced(std::string text, std::string_view what, std::string_view with) {
  for (size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
    text.replace(at, what.size(), with);
  return text;
}

// As execvp would find it; empty if it would not.
std::string find_program(const std::string& name) {
  if (name.find('/') != std::string::npos) return access(name.c_str(), X_OK) == 0 ? name : "";
  const char* path = std::getenv("PATH");
  std::string_view rest = path != nullptr ? path : "/usr/local/bin:/usr/bin:/bin";
  while (!rest.empty()) {
    std::string candidate = std::string(rest.substr(0, rest.find(':'))) + "/" + name;
    if (access(candidate.c_str(), X_OK) == 0 && !std::filesystem::is_directory(candidate)) return candidate;
    rest.remove_prefix(std::min(rest.find(':'), rest.size() - 1) + 1);
  }
  return "";
}

// Programs do not agree on how to ask for a version, and some take any argument for an input. What a version is for is
// to tell whether the same seed still means the same program, and that the executable's bytes tell. FNV-1a, 64 bits.
std::string fingerprint(const std::string& executable) {
  std::ifstream file(executable, std::ios::binary);
  uint64_t hash = 0xcbf29ce484222325;
  std::array<char, 1 << 16> block;
  while (file.read(block.data(), block.size()), file.gcount() > 0)
    for (char c : std::span(block.data(), static_cast<size_t>(file.gcount())))
      hash = (hash ^ static_cast<uint8_t>(c)) * 0x100000001b3;
  return fmt::format("executable {:016x}", hash);
}

class ExternalCommand : public Generator {
 public:
  ExternalCommand(std::string line, std::vector<std::string> words, std::string version)
      : line_(std::move(line)), words_(std::move(words)), version_(std::move(version)) {}

  std::string name() const override { return "cmd: " + line_; }
  std::string version() const override { return version_; }

  tl::expected<Program, std::string> generate(uint64_t seed, const RunCommand& run) const override {
    Command command;
    for (const std::string& word : words_)
      command.argv.push_back(replaced(replaced(word, kSeed, std::to_string(seed)), kOutput, kOutputFile));
    if (line_.find(kOutput) != std::string::npos) command.collect = kOutputFile;
    command.time_limit_seconds = kTimeLimitSeconds;
    CommandResult result = run(command);
    if (!result.ok) return tl::unexpected(fmt::format("{}, seed {}: {}", words_[0], seed, result.failure));
    if (result.out.empty()) return tl::unexpected(fmt::format("{}, seed {}: the program is empty", words_[0], seed));

    Program program;
    program.text = std::move(result.out);
    program.options = join_words(command.argv);
    return program;
  }

 private:
  std::string line_;
  std::vector<std::string> words_;
  std::string version_;
};

}  // namespace

tl::expected<std::unique_ptr<Generator>, std::string> make_command(std::string_view line) {
  auto words = split_words(line);
  if (!words) return tl::unexpected(words.error());
  if (words->empty()) return tl::unexpected<std::string>("cmd: names no program (cmd: PROGRAM ARGS {seed} {output})");
  if (line.find(kSeed) == std::string_view::npos)
    return tl::unexpected<std::string>("cmd: {seed} stands nowhere, so all seeds would give the same program");
  std::string executable = find_program(words->front());
  if (executable.empty()) return tl::unexpected(words->front() + ": no such program (is it installed, is it in PATH?)");
  // Scratch directories are the working directories of commands: a relative name would be looked up there.
  if (words->front().find('/') != std::string::npos) words->front() = std::filesystem::absolute(executable).string();
  return std::make_unique<ExternalCommand>(std::string(line), std::move(*words), fingerprint(executable));
}

}  // namespace objhound::generator
