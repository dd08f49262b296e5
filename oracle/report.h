// What the oracle found out about one file: plain records, ready to print, to store, or to compare.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "oracle/cfg/cfg.h"
#include "oracle/rules/rules.h"

namespace objhound::oracle {

enum class Verdict : uint8_t { Proved, Unproved, Violating };

struct Finding {
  RuleId rule;
  Severity severity;
  std::string function;  // the symbol; a fragment's own
  std::string section;
  uint64_t address = 0;               // section address + offset in it
  uint64_t offset = 0;                // bytes from the function's start
  std::string message;                // one line: what is, what must be
  std::vector<std::string> evidence;  // lines: the disassembly around, computed state, declared row
  std::vector<std::string> path;      // lines: the way from entry, block by block
  std::string fingerprint;            // 16 hexadecimal digits; the same for the same defect under other names
};

struct UnprovedFunction {
  std::string function;
  Reason reason;
  uint64_t offset = 0;  // bytes from the function's start
  std::string detail;
};

struct JumpTableRecord {
  std::string function;
  uint64_t offset = 0;           // of the jump, bytes from the function's start
  std::vector<int64_t> targets;  // bytes from the start of the same function, ascending, no duplicates
};

struct FunctionVerdict {
  std::string function;
  Verdict verdict;
};

struct FileReport {
  std::string path;
  std::string arch;
  std::string error;                                            // why nothing could be checked; empty if it could
  uint64_t total = 0, proved = 0, unproved = 0, violating = 0;  // functions
  uint64_t instructions = 0;                                    // reachable, checked
  uint64_t text_bytes = 0;
  std::vector<FunctionVerdict> verdicts;
  std::vector<UnprovedFunction> unproved_functions;
  std::vector<JumpTableRecord> jump_tables;
  std::vector<Finding> findings;
};

}  // namespace objhound::oracle
