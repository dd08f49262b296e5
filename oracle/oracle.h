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
};

// Keeps decoders warm between files. One per thread.
class Oracle {
 public:
  explicit Oracle(CheckOptions options);
  ~Oracle();
  Oracle(Oracle&&) noexcept;

  // Never throws; a file that cannot be read gives a report whose `error` says why. `flags` overrides the options'.
  FileReport check_file(const std::string& path, std::optional<std::string> flags = {});
  FileReport check_bytes(const std::string& name, std::span<const uint8_t> bytes,
                         std::optional<std::string> flags = {});

  // Instruction by instruction: offset, text, computed state, declared row, findings. `function` empty: all.
  std::string explain(const std::string& path, const std::string& function, std::optional<std::string> flags = {});

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// The JSON object of `check --format json` (version 1) for these files.
std::string to_json(std::span<const FileReport> reports);
// The same for people: a line per finding, the unproved functions by reason, a summary.
std::string to_terminal_text(const FileReport& report, bool colour);

}  // namespace objhound::oracle
