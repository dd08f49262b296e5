// Plain records, as the database keeps them and as reports show them. No type of the oracle or the harness.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace objhound::results {

struct CampaignRecord {
  int64_t id = 0;
  std::string started;   // ISO 8601, UTC
  std::string finished;  // empty while it runs or after it was killed
  std::string generator;
  std::string objhound_version;
  std::string config;                      // the whole configuration as TOML text
  uint64_t first_seed = 0, last_seed = 0;  // inclusive; last_seed 0 with a time limit
  double seconds = 0;                      // wall time, all runs of it added up
  // Filled in by Store::campaigns():
  uint64_t runs = 0;             // 1 unless it was interrupted or united from shards
  uint64_t programs = 0;         // that were compiled
  uint64_t failed_programs = 0;  // seeds that gave no program
};

struct ProgramRecord {
  int64_t id = 0;
  std::string generator;
  std::string generator_version;
  uint64_t seed = 0;
  std::string options;        // the command that makes it again: "csmith --seed 7 --no-arrays ..."
  std::string include_flags;  // for its own headers: "-I/usr/include/csmith"; may be empty
  uint64_t bytes = 0;         // of source
  std::string failure;        // why there is no program; empty if there is one
};

// The flag_set of configurations whose flags were drawn. There may be thousands: reports put them together by compiler
// and level.
inline constexpr const char* kSwarm = "swarm";

struct ConfigurationRecord {
  int64_t id = 0;
  std::string name;        // "gcc-12 -O2 +frame-pointer": unique within a matrix
  std::string compiler;    // "gcc-12", the name in the configuration
  std::string executable;  // as it is called: one word, a name or a path
  std::string version;     // first line of --version
  std::string arch;        // "x86-64"
  std::string level;       // "-O2"
  std::string flag_set;    // "default"; kSwarm
  std::string flags;       // the whole command line's flags, in order, without input and output; in shell quoting
};

// What reports call a configuration: its name, and all drawn ones of a compiler and level together "gcc-12 -O2 +swarm".
std::string name_in_reports(const ConfigurationRecord& configuration);

// What a compiler does not take, whatever the program: a set of flags of which it takes every smaller part.
struct RefusedFlags {
  std::string version;  // first line of --version
  std::string arch;
  std::string units;      // the flags, each one word in shell quoting with what it needs
  std::string complaint;  // one line
};

enum class Outcome : uint8_t { Ok, Rejected, Crashed, Hung, OutOfMemory, OurFailure };
std::string to_text(Outcome outcome);

struct UnprovedRecord {
  std::string function;
  std::string reason;
  uint64_t offset = 0;
  std::string detail;
};

struct FindingRecord {
  std::string rule;  // "OH301"
  std::string slug;
  std::string severity;   // violation, suspect, advice
  std::string statement;  // of the rule: what is demanded
  std::string source;     // the specification and section that demand it
  std::string fingerprint;
  int64_t fingerprint_version = 1;  // of the scheme that fingerprints are made by
  std::string cause;                // what the fingerprint was made from, in words; empty before version 2
  std::string function;
  std::string section;
  uint64_t address = 0;
  uint64_t offset = 0;
  std::string message;
  std::string evidence;  // lines: annotated disassembly; lines of the offending instruction begin with ">"
  std::string path;      // lines
};

// Something that objects exercise.
struct FeatureName {
  std::string kind;  // "table"
  std::string text;
  bool closed = false;  // all of its kind are known beforehand
};
struct FeatureRecord {
  uint64_t hash = 0;                        // of kind and text: what tells features apart
  uint64_t functions = 0;                   // of the object that show it
  std::shared_ptr<const FeatureName> name;  // objects have hundreds, most of which all others have as well
};

struct CompilationRecord {
  int64_t id = 0;
  Outcome outcome = Outcome::Ok;
  std::string detail;          // the signature of a crash, the first error line
  double compile_seconds = 0;  // wall
  double check_seconds = 0;
  std::string object_hash;  // up to 16 hexadecimal digits; empty without an object
  uint64_t object_bytes = 0;
  uint64_t functions = 0, proved = 0, unproved = 0, violating = 0;
  uint64_t instructions = 0;
  std::string check_error;  // the oracle could not read the object
  std::vector<UnprovedRecord> unproved_functions;
  std::vector<FindingRecord> findings;
  std::vector<FeatureRecord> features;
  std::string object;  // the bytes; only given (and stored, compressed) when there are findings
};

struct FindingSummary {  // one per fingerprint
  int64_t id = 0;
  std::string rule, slug, severity, fingerprint, arch;
  std::string statement, source;    // of the rule; empty in findings of old databases
  int64_t fingerprint_version = 1;  // see FindingRecord
  std::string cause;
  // Of its best occurrence: of those as grave as the finding the smallest object that shows it, else the first one
  // seen.
  std::string message, evidence, path, function, section;
  uint64_t offset = 0;  // bytes from the function's start
  std::string status;   // new, reduced, reported, known, fixed
  uint64_t occurrences = 0;
  std::vector<std::string> compilers;       // names, sorted
  std::vector<std::string> configurations;  // names, sorted; drawn ones as "gcc-12 -O2 +swarm"
  std::string first_seen;                   // ISO 8601
  std::optional<int64_t> reduced_lines;
};

struct OccurrenceRecord {
  ProgramRecord program;
  ConfigurationRecord configuration;
  FindingRecord finding;
  std::string seen;  // ISO 8601
};

struct MatrixCell {  // totals for a report
  std::string compiler, level, flag_set, arch;
  uint64_t compilations = 0, ok = 0, rejected = 0, crashed = 0, hung = 0, out_of_memory = 0, our_failures = 0;
  uint64_t functions = 0, proved = 0, unproved = 0, violating = 0, instructions = 0;
  double compile_seconds = 0, check_seconds = 0;
};

// Where a feature was seen.
struct Spot {
  std::string compiler, version, arch;
  std::string level;  // empty: any
  // Features of closed kinds: the flag set, or one drawn flag (then of any level). Empty: all flags together; features
  // of open kinds are counted so alone.
  std::string flag;
};

struct Reach {
  struct Feature {
    uint64_t hash;
    FeatureName name;
    uint64_t functions;  // at all levels together
  };
  std::vector<Feature> features;  // all that are known, seen or not; by kind, closed ones as they became known
  std::vector<Spot> spots;        // by compiler, level and flag
  struct Sighting {
    uint32_t feature, spot;  // indices
    uint64_t functions;      // at least, if the run was killed: half of the true number then
    uint64_t seed;           // of a program that shows it
  };
  std::vector<Sighting> sightings;
};

struct ReasonCount {
  std::string reason;
  uint64_t functions = 0;
  std::string example;  // "seed 7, gcc-12 -O2, func_3+0x18: detail"; the first one seen
};

}  // namespace objhound::results
