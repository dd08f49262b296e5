// What the oracle found out about one file: plain records, ready to print, to store, or to compare.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "oracle/cfg/cfg.h"
#include "oracle/features.h"
#include "oracle/rules/rules.h"

namespace objhound::oracle {

enum class Verdict : uint8_t { Proved, Unproved, Violating };

// What a run of the program showed of a finding.
enum class Seen : uint8_t {
  NotRun,
  NotExecuted,   // the run did not come by
  NotWitnessed,  // the instruction was executed, and what the finding speaks of was as it must be each time
  Witnessed,     // the run saw it: registers and memory were not what they must be
};

// Of the scheme that fingerprints are made by. 2: of the cause (checks/cause.h); 1 was of the instructions around.
inline constexpr int kFingerprintVersion = 2;

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
  std::string cause;                  // the step that broke the rule, in words without names and sizes (checks/cause.h)
  std::string fingerprint;  // of rule, architecture and cause: 16 hexadecimal digits; the same for the same defect
                            // under other names
  Seen seen = Seen::NotRun;
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

// Counts by verdict.
struct VerdictCounts {
  uint64_t total = 0, proved = 0, unproved = 0, violating = 0;
  void add(Verdict verdict) {
    ++total;
    ++(verdict == Verdict::Proved ? proved : verdict == Verdict::Unproved ? unproved : violating);
  }
};

// A library that a linked file needs, and what of the verdicts rests on it.
struct NeededLibrary {
  std::string path;                       // where it was found; no link
  std::string build_id;                   // hexadecimal; empty if it has none
  std::vector<std::string> never_return;  // functions of which its code shows that they never do; sorted
};

struct FileReport {
  std::string path;
  std::string arch;
  std::string error;                                            // why nothing could be checked; empty if it could
  uint64_t total = 0, proved = 0, unproved = 0, violating = 0;  // functions
  VerdictCounts unwind_entries;                                 // FDEs, each by the worst of the functions in it
  uint64_t instructions = 0;                                    // reachable, checked
  uint64_t text_bytes = 0;
  std::vector<FunctionVerdict> verdicts;
  std::vector<UnprovedFunction> unproved_functions;
  std::vector<JumpTableRecord> jump_tables;
  std::vector<Finding> findings;
  std::vector<NeededLibrary> libraries;  // that were asked and relied upon
  std::vector<FeatureCount> features;    // by hash, each once; empty unless asked for (CheckOptions::features)
};

// Something that a run saw at one instruction.
struct RunSighting {
  std::string function;
  uint64_t offset = 0;   // bytes from the function's start
  uint64_t address = 0;  // in the program
  std::string what;
  uint64_t count = 0;  // how often
};

// What happened when a program that was linked from checked objects was run under the witness.
struct RunReport {
  std::string program;
  std::string error;   // why it could not be run; empty if it could
  std::string ending;  // "exited", "signalled", "crashed", "trapped", "not-emulated", "instruction-limit", "time-limit"
  std::string ending_text;
  int code = 0;               // the exit status, or the signal's number
  uint64_t instructions = 0;  // of checked functions: executed, and each tested
  uint64_t distinct = 0;      // different ones of those that were tested
  uint64_t activations = 0;   // of checked functions
  uint64_t functions = 0, functions_executed = 0, functions_absent = 0;  // in the program; entered; not in the program
  uint64_t unchecked = 0;  // of `instructions`: in activations that begun unseen or whose callees broke the ABI
  uint64_t doubted = 0;    // claims about unproved functions that did not hold
  double seconds = 0;      // wall
  std::vector<RunSighting> contradictions;  // checks and run say different things: a defect of this program
  // Declared rows that were wrong in functions that the checks could neither prove nor find violating.
  std::vector<RunSighting> wrong_rows;
  std::vector<std::string> notes;
  std::string output;  // of the program; the first bytes
};

}  // namespace objhound::oracle
