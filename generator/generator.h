// Where programs come from. A generator turns a seed into one C program, the same one every time.
//
// Generators run no processes themselves: they are handed a RunCommand, so that the harness's limits (time, memory,
// process group) hold for them too and generator/ stays a leaf.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <tl/expected.hpp>
#include <vector>

namespace objhound::generator {

struct Command {
  std::vector<std::string> argv;  // argv[0] is looked up in PATH
  std::string working_directory;  // empty: the harness gives an empty scratch directory
  std::string collect;            // a file in the working directory whose text becomes `out`; empty: standard output
  double time_limit_seconds = 30;
};

struct CommandResult {
  bool ok = false;      // started, exited with 0 within its limits
  std::string out;      // standard output, or the text of Command::collect
  std::string failure;  // one line for people when not ok
};
using RunCommand = std::function<CommandResult(const Command&)>;

struct Program {
  std::string text;     // C source
  std::string options;  // how it was made, enough to make it again by hand: "csmith --seed 7 --no-arrays ..."
  std::string file_name = "program.c";
  std::vector<std::string> include_directories;  // the program's own headers (csmith.h)
};

class Generator {
 public:
  virtual ~Generator() = default;
  virtual std::string name() const = 0;     // "csmith", "cmd: yarpgen", "replay: DIR"
  virtual std::string version() const = 0;  // stored with every program
  // How many seeds there are, for finite generators (replay); 0 if unlimited.
  virtual uint64_t seed_count() const { return 0; }
  // Deterministic in `seed`. Fails with a line for people; a time-out is a failure that says so.
  virtual tl::expected<Program, std::string> generate(uint64_t seed, const RunCommand& run) const = 0;
};

// From the words of the configuration: "csmith", "cmd: PROGRAM ARGS with {seed} and {output}", "replay: DIRECTORY".
// `run` asks the program for its version, once. Fails if the words are none of these, the program is not installed or
// the directory holds no C files; the line says what to do.
tl::expected<std::unique_ptr<Generator>, std::string> make_generator(const std::string& specification,
                                                                     const RunCommand& run);

}  // namespace objhound::generator
