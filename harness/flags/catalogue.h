// The catalogue: which flags people build with, family by family, and what each means for a campaign. It is data, read
// from TOML (docs/flags.md has the format); gcc.toml and clang.toml beside this file are built into the program.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "harness/flags/pattern.h"

namespace objhound::harness {

enum class Family : uint8_t { Gcc, Clang };
std::string_view to_text(Family family);

// What a compiler is, as far as flags depend on it.
struct CompilerKind {
  Family family = Family::Gcc;
  unsigned version = 0;  // the major one
  std::string arch;      // "x86-64"
};
// From the first line of --version; nothing if it is neither GCC nor Clang.
std::optional<CompilerKind> kind_of(std::string_view version_line, const std::string& arch);

// What a flag may change of what the oracle demands: the words of a catalogue's `contract`. Each stands for fields of
// oracle::Contract; a test holds that Contract reads the flags that claim it, and no others.
inline constexpr std::string_view kContractWords[] = {"unwind",     "red-zone",  "jump-tables",     "frame-pointer",
                                                      "entry-hook", "optimized", "stack-alignment", "callee-saved"};

// Flags that have everything but their names in common.
struct FlagTable {
  Family family = Family::Gcc;
  std::vector<Pattern> flags;
  std::string shapes;                        // what of the code, in words
  std::vector<std::string> archs;            // empty: all
  unsigned oldest = 0, newest = UINT32_MAX;  // versions, both included
  std::vector<std::string> needs;            // words that come before the flag
  std::vector<std::string> excludes;         // beginnings of words that other flags must not have
  std::string slot;                          // of the tables with the same slot at most one flag is drawn
  std::vector<std::string> contract;
  std::string links;    // what linking needs; empty: nothing
  std::string refuses;  // correct programs that it may make a compiler refuse, in words; empty: none
  unsigned weight = 1;  // how often it is drawn from

  bool is_for(const CompilerKind& kind) const;
};

// The slot of the levels, of which one is always drawn.
inline constexpr std::string_view kLevelSlot = "level";

// One drawn flag with what it needs.
struct Unit {
  std::vector<std::string> words;
  const FlagTable* table = nullptr;  // in the catalogue

  std::string text() const;  // in shell quoting
};

class Catalogue {
 public:
  // Errors are "ORIGIN:LINE: what".
  static tl::expected<Catalogue, std::string> parse(std::string_view text, const std::string& origin);
  static tl::expected<Catalogue, std::string> load(const std::string& path);
  static const Catalogue& built_in();
  static std::string_view built_in_text();
  const std::string& text() const { return text_; }  // as it was read

  const std::string& origin() const { return origin_; }
  const std::string& hash() const { return hash_; }  // 16 hexadecimal digits of all that it says
  const std::vector<FlagTable>& tables() const { return tables_; }

  // The versions of the family that the catalogue was written for: between them other installed ones are looked for.
  std::pair<unsigned, unsigned> versions(Family family) const { return versions_[static_cast<size_t>(family)]; }

  // A flag with what its table says it needs.
  static Unit unit(const FlagTable& table, std::string_view flag);
  // Whether the two may stand on one command line: different ones, none excludes the other, and nothing is said twice
  // in different ways.
  bool agree(const Unit& a, const Unit& b) const;

 private:
  std::string said_by(const std::string& word) const;

  std::string origin_, text_, hash_;
  std::vector<FlagTable> tables_;
  std::pair<unsigned, unsigned> versions_[2];
  std::map<std::string, std::string, std::less<>> slot_of_word_;  // of flags that are one word, in tables with a slot
};

}  // namespace objhound::harness
