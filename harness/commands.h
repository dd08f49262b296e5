// What the words of the command line do. Each takes its options and returns the exit status.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "oracle/report.h"

namespace objhound::harness {

enum ExitStatus : int {
  kNothingFound = 0,
  kFound = 1,          // violations or compiler failures; with check --strict unproved functions too
  kWrongInput = 2,     // usage, or a file that cannot be read; a line on standard error says which
  kInternalError = 3,  // ours
};

// Says on stderr what is wrong, and gives the exit status back.
int complain(ExitStatus status, const std::string& what);
// How many jobs or threads make the machine busy; at least 1.
unsigned cores();
// Whether the report alone makes the exit status kFound. `strict`: unproved functions count.
bool has_findings(const oracle::FileReport& report, bool strict);

inline constexpr const char* kDefaultOut = "out";
inline constexpr const char* kDefaultDatabase = "out/objhound.db";

struct FuzzOptions {
  std::string seeds;              // "A..B"
  std::string time;               // "3m"
  std::string cpu_time;           // "1h"
  std::string shard;              // "I/N", 1 <= I <= N
  std::string config;             // file; empty: ./objhound.toml, else the built-in one
  std::string generator;          // overrides the configuration's
  std::string flag_sets;          // "rotate" or "all": overrides the configuration's other-flag-sets
  std::optional<unsigned> swarm;  // overrides the configuration's [swarm] draws
  std::string flags_catalogue;    // file; empty: the configuration's
  std::string database;           // empty: OUT/objhound.db
  std::string out = kDefaultOut;
  unsigned jobs = 0;  // 0: the configuration's
  bool dry_run = false;
  bool guided = false;      // guided/guided.h
  std::string corpus;       // of a guided campaign; empty: OUT/guided-corpus
  bool by_drivers = false;  // guided, without compile servers
};
// fuzz() stands in fuzz.h.

struct CheckCommandOptions {
  std::vector<std::string> files;
  std::string format = "text";
  std::optional<std::string> flags;
  bool strict = false;
  bool explain = false;
  std::string function;                    // only this one is explained
  bool one_decoder = false;                // without the second opinion
  bool alone = false;                      // linked files without the libraries that they need
  unsigned jobs = 0;                       // 0: one for each core
  bool run = false;                        // link, check and run under the witness
  bool run_all = false;                    // the same, the libraries that are linked in too
  std::string compiler, linker;            // command lines; empty: the configuration's
  uint64_t run_instructions = 20'000'000;  // then the program is stopped
  double run_seconds = 60;                 // wall; the same
};
int check(const CheckCommandOptions& options);
int check_run(const CheckCommandOptions& options);

struct ListOptions {
  std::string database = kDefaultDatabase;
  std::string format = "text";
};
int list(const ListOptions& options);

struct ShowOptions {
  std::string database = kDefaultDatabase;
  int64_t finding = 0;
};
int show(const ShowOptions& options);

struct ReportOptions {
  std::string database = kDefaultDatabase;
  std::string out = kDefaultOut;
  int64_t campaign = 0;  // 0: all
};
int report(const ReportOptions& options);

struct CoverageOptions {
  std::vector<std::string> databases;  // empty: the default one
  std::string format = "text";
  std::string by = "construct";      // of one database: "construct", "compiler", "level", "flag"
  int64_t campaign = 0;              // 0: all
  std::vector<std::string> compare;  // to be held against each other
};
int coverage(const CoverageOptions& options);

struct MergeOptions {
  std::string database = kDefaultDatabase;
  std::vector<std::string> others;
};
int merge(const MergeOptions& options);

struct GenerateOptions {
  std::string generator = "csmith";
  uint64_t seed = 1;
  std::string decisions;  // of a weave program, in hexadecimal, instead of generator and seed
  std::string output;     // file; empty: standard output
};
int generate(const GenerateOptions& options);

struct FlagsOptions {
  std::string catalogue;  // file; empty: the configuration's
  std::string config;     // file, as for fuzz
  std::string format = "text";
  bool ask = true;                // the compilers that are installed
  std::optional<uint64_t> draws;  // of this seed, instead of the table
};
int flags(const FlagsOptions& options);

// `format`: "text" or "markdown".
int rules(const std::string& format);

}  // namespace objhound::harness
