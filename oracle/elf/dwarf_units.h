// The units of .debug_info as far as the oracle asks: strings and flags of chosen entries (DWARF 5, chapter 7; versions
// 2 to 5, both lengths). Private to oracle/elf.
//
// Not LLVM's DWARF library, which takes lengths inside a unit on trust: a block that claims to reach beyond its section
// makes a release build of LLVM 19 read out of bounds (DWARFFormValue::skipValue). Everything here is a checked read,
// and the work is bounded by the sections' sizes.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string_view>
#include <vector>

namespace objhound::oracle {

struct DwarfSections {
  std::span<const uint8_t> info, abbrev, str, line_str, str_offsets;
};

// A debugging information entry, reduced to the attributes that are asked for here.
struct DwarfEntry {
  uint16_t tag = 0;  // DW_TAG_*
  bool noreturn = false;
  std::string_view producer;            // of a unit's entry; empty if it has none
  std::string_view name, linkage_name;  // of an entry that never returns; empty if it has none
};

class DwarfReader {
 public:
  explicit DwarfReader(const DwarfSections& sections);
  ~DwarfReader();

  // Calls `visit` with entries in the order of the section: with all of them, or with each unit's first one alone.
  // Ends quietly where the data make no sense.
  enum class Extent : uint8_t { AllEntries, UnitEntries };
  void visit(Extent extent, const std::function<void(const DwarfEntry&)>& visit);

  // False if no entry can be marked as never returning: a glance at the abbreviations.
  bool may_have_noreturn() const;

 private:
  struct Unit;
  struct Abbreviation;
  struct Value;
  class EntryReader;
  using AbbreviationTable = std::vector<Abbreviation>;  // by code, ascending

  bool read_unit(uint64_t at, Unit& unit) const;
  void visit_unit(const Unit& unit, Extent extent, const std::function<void(const DwarfEntry&)>& visit);
  const AbbreviationTable* table_at(uint64_t offset);
  std::string_view text_at(std::span<const uint8_t> section, uint64_t offset);
  std::string_view text_of(const Value& value, const Unit& unit, uint64_t base);

  DwarfSections sections_;
  std::map<uint64_t, AbbreviationTable> tables_;  // by offset in .debug_abbrev
  uint64_t abbreviation_bytes_left_;
  uint64_t attributes_left_;
  uint64_t text_bytes_left_;
};

}  // namespace objhound::oracle
