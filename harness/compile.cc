// What was measured, on a Csmith program of 32 KB, two cores:
// - Clang's driver runs cc1 in its own process since version 10; calling cc1 directly saves nothing and loses the
//   defaults of the distribution. A third of a small compilation is loading libLLVM, which nobody can avoid.
// - GCC's driver starts cc1 and as one after the other; -pipe starts both at once and saves the way through a file. It
//   is no faster in total, and with it a hung cc1 looks like a hung as. TMPDIR in memory does as well.
// - Preprocessing takes 17 to 32 ms of a compilation of 60 to 100 ms; sharing its result over a dozen configurations
//   takes it off eleven of them.

#include "harness/compile.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>

#include "harness/files.h"
#include "harness/flags/acceptance.h"

namespace objhound::harness {
namespace {

using results::Outcome;

bool contains(std::string_view text, std::string_view what) { return text.find(what) != std::string_view::npos; }

template <size_t N>
bool contains_any(std::string_view text, const std::array<std::string_view, N>& words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return contains(text, word); });
}

// Our machine's troubles, not the compiler's.
constexpr std::array<std::string_view, 5> kOurTroubles = {"No space left on device", "Disk quota exceeded",
                                                          "Too many open files", "Resource temporarily unavailable",
                                                          "Text file busy"};

// How drivers tell of a limit that hit one of their children (strsignal), and Clang of one that hit itself.
constexpr std::array<std::string_view, 2> kCpuLimit = {"CPU time limit exceeded",
                                                       "clang frontend command failed with exit code 152"};
constexpr std::array<std::string_view, 2> kFileLimit = {"File size limit exceeded",
                                                        "clang frontend command failed with exit code 153"};
constexpr std::array<std::string_view, 2> kKilled = {"Killed signal terminated program", "fatal error: Killed"};

constexpr std::array<std::string_view, 7> kCrash = {"internal compiler error",
                                                    "PLEASE submit a bug report",
                                                    "Please submit a full bug report",
                                                    "LLVM ERROR:",
                                                    "UNREACHABLE executed",
                                                    "Assertion `",
                                                    "frontend command failed with exit code"};

template <typename Visit>
void for_each_line(std::string_view text, Visit visit) {
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    visit(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

// The first line that has the word, from the word on; empty if there is none.
std::string_view from_word(std::string_view text, std::string_view word) {
  const size_t at = text.find(word);
  if (at == std::string_view::npos) return {};
  const std::string_view rest = text.substr(at);
  return rest.substr(0, rest.find('\n'));
}

bool is_hex_digit(char c) { return std::isxdigit(static_cast<unsigned char>(c)) != 0; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }

// Addresses, and numbers that are not part of a word (X86 and i32 stay), become N; directories go.
std::string normalised(std::string_view text) {
  std::string result;
  for (size_t i = 0; i < text.size();) {
    const char before = i > 0 ? text[i - 1] : ' ';
    if (text.substr(i, 2) == "0x" && i + 2 < text.size() && is_hex_digit(text[i + 2])) {
      for (i += 2; i < text.size() && is_hex_digit(text[i]); ++i) {
      }
      result += 'N';
    } else if (is_digit(text[i]) && !is_letter(before) && !is_digit(before)) {
      while (i < text.size() && is_digit(text[i])) ++i;
      result += 'N';
    } else if (text[i] == '/') {
      // A path: forget what has been copied of its directories.
      const size_t start = result.find_last_of(" \t'\"`(,:") + 1;
      result.erase(start);
      ++i;
    } else {
      result += text[i++];
    }
  }
  return result.substr(0, 300);
}

// " #3 0x00007f52 llvm::foo(int) (/usr/lib/libLLVM.so.19.1+0x1234)" and "0x6e7c29 foo(int)": the function, or the
// library and the offset in it; empty if the line is no frame.
std::string frame_name(std::string_view line) {
  const bool llvm = line.starts_with(" #") || line.starts_with("#");
  const size_t address = line.find("0x");
  if (address == std::string_view::npos || (!llvm && address != 0)) return {};
  size_t at = address + 2;
  while (at < line.size() && is_hex_digit(line[at])) ++at;
  while (at < line.size() && line[at] == ' ') ++at;
  const std::string_view rest = line.substr(at);
  if (rest.starts_with("("))
    return std::string(rest.substr(rest.find_last_of('/') + 1, rest.find(')') - rest.find_last_of('/') - 1));
  return std::string(rest.substr(0, rest.find_first_of("( \t")));
}

// Frames in which every crash ends, whatever the bug.
constexpr std::array<std::string_view, 14> kCrashMachinery = {"llvm::sys::",   "llvm::CrashRecoveryContext",
                                                              "CrashRecovery", "SignalHandler",
                                                              "__restore_rt",  "gsignal",
                                                              "raise",         "abort",
                                                              "__assert_fail", "pthread_kill",
                                                              "crash_signal",  "libc.so",
                                                              "fancy_abort",   "internal_error"};

std::string first_frames(std::string_view messages) {
  std::string frames;
  int count = 0;
  for_each_line(messages, [&](std::string_view line) {
    const std::string name = frame_name(line);
    if (name.empty() || name == "???" || count == 3 || contains_any(name, kCrashMachinery)) return;
    frames += (count++ == 0 ? "" : " < ") + name;
  });
  return frames;
}

// GCC: "during RTL pass: expand". LLVM: "4.	Running pass 'X86 DAG->DAG ...' on function '@f'".
std::string pass_name(std::string_view messages) {
  if (std::string_view during = from_word(messages, "during "); contains(during, " pass: "))
    return std::string(during.substr(during.find(" pass: ") + 7));
  std::string last;  // the innermost is printed last
  for_each_line(messages, [&](std::string_view line) {
    const size_t at = line.find("Running pass '");
    if (at != std::string_view::npos) last = line.substr(at + 14, line.find('\'', at + 14) - at - 14);
  });
  return last.substr(0, last.find('<'));
}

// The line that says what went wrong, or nothing.
std::string_view crash_line(std::string_view messages) {
  std::string_view best;
  for_each_line(messages, [&](std::string_view line) {
    if (best.empty() && contains(line, "Assertion `")) best = line;
    if (best.empty() && contains(line, "UNREACHABLE executed")) best = line;
  });
  for (std::string_view word : {"internal compiler error: ", "error in backend: ", "LLVM ERROR: "})
    if (best.empty()) best = from_word(messages, word);
  return best;
}

std::string first_error(const ProcessResult& result) {
  for (std::string_view word : {"error: ", "Error: "})
    if (const std::string_view line = from_word(result.err, word); !line.empty())
      return (contains(result.err, "Assembler messages") ? "assembler: " : "") + normalised(line.substr(word.size()));
  const std::string_view line = std::string_view(result.err).substr(0, result.err.find('\n'));
  return line.empty() ? result.summary() : normalised(line);
}

}  // namespace

std::string crash_signature(std::string_view messages) {
  const std::string_view line = crash_line(messages);
  std::string signature = normalised(line);
  // An assertion or "in FUNCTION, at FILE" tells the place. "Segmentation fault" does not: then the stack must.
  const bool has_place = contains(line, ", at ") || contains(line, "Assertion `") || contains(line, "UNREACHABLE");
  if (const std::string pass = pass_name(messages); !pass.empty())
    signature += fmt::format("{}during {}", signature.empty() ? "" : "; ", pass);
  if (const std::string frames = first_frames(messages); !has_place && !frames.empty())
    signature += fmt::format("{}in {}", signature.empty() ? "" : "; ", frames);
  return signature;
}

Diagnosis classify(const ProcessResult& result) {
  const std::string_view err = result.err;
  if (result.ending == Ending::Stopped) return {Outcome::OurFailure, "stopped", true};
  if (result.ok()) return {};
  if (result.ending == Ending::NotStarted) return {Outcome::OurFailure, result.failure};
  if (contains_any(err, kOurTroubles)) return {Outcome::OurFailure, first_error(result)};
  if (result.ending == Ending::TimedOut) return {Outcome::Hung, result.summary()};
  if (contains_any(err, kCpuLimit)) return {Outcome::Hung, "time limit (CPU)"};
  if (contains_any(err, kFileLimit)) return {Outcome::Hung, "wrote a file without end"};
  if (result.ending == Ending::OutOfMemory || contains_any(err, kKilled))
    return {Outcome::OutOfMemory, result.summary()};
  if (result.ending == Ending::Signalled || contains_any(err, kCrash)) {
    const std::string signature = crash_signature(err);
    return {Outcome::Crashed, signature.empty() ? result.summary() : signature};
  }
  return {Outcome::Rejected, first_error(result)};
}

std::string_view preprocessed_extension(std::string_view source) { return source.ends_with(".c") ? ".i" : ".ii"; }

CompilerDriver::CompilerDriver(const Config& config, ProcessRunner& runner, const WorkDir& work, unsigned worker)
    : runner_(runner),
      work_(work),
      worker_(worker),
      directory_(work.worker_directory(worker)),
      tmp_(work.worker_tmp(worker)) {
  limits_.wall_seconds = config.compile_wall_seconds;
  limits_.cpu_seconds = config.compile_cpu_seconds;
  limits_.memory_bytes = config.compile_memory_bytes;
}

CompileResult CompilerDriver::run(std::vector<std::string> argv) {
  ProcessSpec spec;
  spec.argv = std::move(argv);
  spec.working_directory = directory_;
  spec.environment = {"LC_ALL=C", "TMPDIR=" + tmp_};
  spec.limits = limits_;
  const ProcessResult result = runner_.run(spec);
  CompileResult called{classify(result), result.wall_seconds, result.cpu_seconds, {}};
  // Killed and crashed compilers leave their temporary files, and reproducers beside them.
  if (called.diagnosis.outcome != Outcome::Ok && called.diagnosis.outcome != Outcome::Rejected)
    work_.empty_worker_tmp(worker_);
  return called;
}

CompileResult CompilerDriver::preprocess(const Compiler& compiler, const std::string& source,
                                         const std::vector<std::string>& include_directories,
                                         const std::string& output) {
  std::vector<std::string> argv = {compiler.config.path};
  argv.insert(argv.end(), compiler.config.flags.begin(), compiler.config.flags.end());
  for (const std::string& directory : include_directories) argv.push_back("-I" + directory);
  argv.insert(argv.end(), {"-w", "-E", source, "-o", output});
  return run(std::move(argv));
}

CompileResult CompilerDriver::try_flags(const Compiler& compiler, const std::vector<std::string>& flags, bool strict) {
  const std::string source = directory_ + "/trivial.c", object = directory_ + "/trivial.o";
  std::ofstream(source) << kTrivialProgram;
  std::vector<std::string> argv = {compiler.config.path};
  argv.insert(argv.end(), compiler.config.flags.begin(), compiler.config.flags.end());
  argv.insert(argv.end(), flags.begin(), flags.end());
  argv.insert(argv.end(), {strict ? "-Werror" : "-w", strict ? "-S" : "-c", source, "-o", object});
  return run(std::move(argv));
}

CompileResult CompilerDriver::compile(const Compiler& compiler, const Configuration& configuration,
                                      const std::string& preprocessed) {
  const char* language = preprocessed.ends_with(".ii") ? "c++-cpp-output" : "cpp-output";
  return make_object(compiler, configuration, {"-x", language, "-c", preprocessed});
}

CompileResult CompilerDriver::compile_source(const Compiler& compiler, const Configuration& configuration,
                                             const std::string& source) {
  return make_object(compiler, configuration, {"-c", source});
}

CompileResult CompilerDriver::make_object(const Compiler& compiler, const Configuration& configuration,
                                          const std::vector<std::string>& input) {
  const std::string object = directory_ + "/object.o";
  std::vector<std::string> argv = {compiler.config.path};
  argv.insert(argv.end(), configuration.flags.begin(), configuration.flags.end());
  argv.insert(argv.end(), input.begin(), input.end());
  argv.insert(argv.end(), {"-o", object});
  CompileResult compiled = run(std::move(argv));
  if (compiled.diagnosis.outcome == Outcome::Ok) {
    compiled.object = slurp(object);
    if (compiled.object.empty()) compiled.diagnosis = {Outcome::OurFailure, "no object, though the compiler succeeded"};
  }
  unlink(object.c_str());
  return compiled;
}

}  // namespace objhound::harness
