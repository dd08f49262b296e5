// The oracle's front door: an object in, a report out. Everything else in this folder is behind it.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>

#include "oracle/report.h"
#include "oracle/rules/contract.h"

namespace objhound::oracle {

struct CheckOptions {
  std::optional<std::string> flags;  // the compiler's command line; otherwise what the object records
  bool second_opinion = true;        // Capstone beside LLVM (OH105)
  unsigned threads = 1;              // functions are checked in parallel
  // What a linked file leaves open, the libraries that it needs are asked (needed.h); otherwise it is judged by itself.
  bool ask_libraries = true;
  bool features = false;  // say what the code exercises (FileReport::features)
};

struct RunOptions {
  bool everything = false;             // check and watch the whole program, the libraries linked into it too
  uint64_t instructions = 20'000'000;  // then the program is stopped; outside of checked functions blocks are counted
  double seconds = 60;                 // wall; the same
  uint64_t memory_bytes = 512u << 20;  // that the program may have
};

struct NamedBytes {
  std::string name;
  std::span<const uint8_t> bytes;
};

struct CheckedRun {
  std::vector<FileReport> files;
  RunReport run;
};

// Keeps decoders warm between files. One per thread.
class Oracle {
 public:
  explicit Oracle(CheckOptions options);
  ~Oracle();
  Oracle(Oracle&&) noexcept;

  // Never throws; a file that cannot be read gives a report whose `error` says why. `flags` overrides the options'.
  FileReport check_file(const std::string& path, const std::optional<std::string>& flags = {});
  FileReport check_bytes(const std::string& name, std::span<const uint8_t> bytes,
                         const std::optional<std::string>& flags = {});

  // The reports of a file, or of each member of an archive: "libx.a(member.o)". Members are checked in parallel, and
  // know of each other which functions never return (linkage.h). An archive that cannot be read, or of which no member
  // can, gives one report whose `error` says why.
  std::vector<FileReport> check_file_or_members(const std::string& path, const std::optional<std::string>& flags = {});

  // Checks the objects, then runs `program`, a static executable that was linked from them, in an emulator, and tests
  // at each executed instruction of their functions that the declared rows and the computed state recover the true CFA,
  // return address and callee-saved registers. Findings say what was seen of them. With RunOptions::everything, or
  // without objects, the program itself is what is checked.
  CheckedRun run(std::span<const NamedBytes> objects, const NamedBytes& program, const RunOptions& run_options,
                 const std::optional<std::string>& flags = {});

  // Instruction by instruction: offset, text, computed state, declared row, findings. `function` empty: all. Of an
  // archive all members that have it; empty if there is no such function.
  std::string explain(const std::string& path, const std::string& function,
                      const std::optional<std::string>& flags = {});

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// The JSON object of `check --format json` (version 1) for these files, with "run" where they were run.
std::string to_json(std::span<const FileReport> reports, const RunReport* run = nullptr);
// The same for people: a line per finding, the unproved functions by reason, a summary.
std::string to_terminal_text(const FileReport& report, bool colour);
// A line for all files of an archive.
std::string archive_summary(const std::string& path, std::span<const FileReport> members);
std::string to_terminal_text(const RunReport& run, bool colour);

}  // namespace objhound::oracle
