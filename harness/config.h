// objhound.toml: which compilers, with which levels and flags, on which programs, within which limits.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace objhound::harness {

struct FlagSet {
  std::string name;
  std::vector<std::string> flags;
};

class Catalogue;  // flags/catalogue.h

// Compilations with drawn flags, beside the matrix.
struct SwarmConfig {
  unsigned draws = 0;                      // for each program and compiler; 0: none
  bool versions = true;                    // other versions of the compilers that are installed take their turns
  std::string catalogue;                   // file; empty: the one built in
  std::shared_ptr<const Catalogue> flags;  // that file as it was read; none: the one built in
};

struct CompilerConfig {
  std::string name;                    // unique; in reports
  std::string path;                    // looked up in PATH
  std::string arch;                    // what its objects are for: "x86-64", "arm64"
  std::vector<std::string> flags;      // with every call: "--target=..."
  std::vector<std::string> levels;     // "-O2"; unique
  std::vector<std::string> flag_sets;  // names; "default" is the first if it is there at all
};

struct Config {
  std::string origin;  // the file, or "built-in defaults"
  std::string generator = "csmith";
  double seconds = 0;  // length of a campaign that nobody limits otherwise; 0: none
  unsigned jobs = 0;   // 0: one for each core
  bool rotate = true;  // other-flag-sets = "rotate"
  SwarmConfig swarm;
  double compile_cpu_seconds = 20;
  double compile_wall_seconds = 90;
  uint64_t compile_memory_bytes = uint64_t{4} << 30;
  std::vector<FlagSet> flag_sets;
  std::vector<CompilerConfig> compilers;
};

// Every error is one line "FILE:LINE: what", with the nearest known name for one that is unknown.
using ConfigError = std::string;

tl::expected<Config, ConfigError> parse_config(std::string_view text, const std::string& origin);
tl::expected<Config, ConfigError> load_config(const std::string& path);
// The objhound.toml at the root of the sources, as it was when this program was built.
Config default_config();
// The file if one is named, else ./objhound.toml if it is there, else the defaults.
tl::expected<Config, ConfigError> choose_config(const std::string& path);
// Reads the catalogue of flags that the configuration names, if it names one.
tl::expected<void, ConfigError> load_catalogue(Config& config);
std::string_view default_config_text();

// What decides which programs are compiled how, as TOML in one fixed form. Two runs with the same text do the same
// work, so one may continue the other: jobs and time are not in it.
std::string to_toml(const Config& config);

// " (did you mean 'levels'?)" for a word that is nearly one of the known, else " (there are: ...)".
std::string suggestion(std::string_view wrong, const std::vector<std::string>& known);

// "A..B" or "A": seeds, both included. False if it is neither, or A > B.
bool parse_seeds(const std::string& text, uint64_t& first, uint64_t& last);
// "90", "90s", "3m", "8h", "1h30m"; seconds. Positive, below 10^9.
tl::expected<double, std::string> parse_duration(std::string_view text);
// "512M", "4G", "1000000"; bytes. "unlimited" is 0: a compiler built with AddressSanitizer reserves terabytes.
tl::expected<uint64_t, std::string> parse_bytes(std::string_view text);

}  // namespace objhound::harness
