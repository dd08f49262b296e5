#include "oracle/elf/dwarf_units.h"

#include <llvm/BinaryFormat/Dwarf.h>

#include <algorithm>
#include <array>

#include "oracle/elf/cursor.h"

namespace objhound::oracle {

namespace dwarf = llvm::dwarf;

struct DwarfReader::Unit {
  uint64_t offset = 0;   // of its length field
  uint64_t entries = 0;  // of its first entry
  uint64_t end = 0;
  uint16_t version = 0;
  uint8_t type = dwarf::DW_UT_compile;
  uint8_t address_size = 0;
  uint8_t offset_size = 0;  // 4 or 8
  uint64_t abbreviations = 0;
};

struct DwarfReader::Abbreviation {
  struct Attribute {
    uint16_t name;
    uint16_t form;
  };
  uint64_t code = 0;
  uint16_t tag = 0;
  std::vector<Attribute> attributes;
};

// An attribute's value, if it is of a kind that is of use here.
struct DwarfReader::Value {
  enum class Kind : uint8_t { None, Number, Text, StrOffset, LineStrOffset, StrIndex };
  Kind kind = Kind::None;
  uint64_t number = 0;
  std::string_view text = {};
};

// Reads the values of one unit's entries.
class DwarfReader::EntryReader {
 public:
  EntryReader(std::span<const uint8_t> info, const Unit& unit) : unit_(unit), in_(info.first(unit.end), unit.entries) {}

  Cursor& cursor() { return in_; }
  Value read(uint16_t form);

 private:
  uint64_t offset() { return unit_.offset_size == 8 ? in_.fixed<uint64_t>() : in_.fixed<uint32_t>(); }
  Value number(uint64_t value) { return {Value::Kind::Number, value}; }
  Value index(uint64_t value) { return {Value::Kind::StrIndex, value}; }
  Value skip(uint64_t bytes) {
    in_.take(bytes);
    return {};
  }
  uint64_t three_bytes() {
    const std::span<const uint8_t> bytes = in_.take(3);
    return bytes.empty() ? 0 : bytes[0] | bytes[1] << 8 | bytes[2] << 16;
  }

  const Unit& unit_;
  Cursor in_;
};

DwarfReader::Value DwarfReader::EntryReader::read(uint16_t form) {
  switch (form) {
    case dwarf::DW_FORM_flag_present:
      return number(1);
    case dwarf::DW_FORM_implicit_const:  // its value stands in the abbreviation
      return {};
    case dwarf::DW_FORM_flag:
    case dwarf::DW_FORM_data1:
    case dwarf::DW_FORM_ref1:
    case dwarf::DW_FORM_addrx1:
      return number(in_.fixed<uint8_t>());
    case dwarf::DW_FORM_data2:
    case dwarf::DW_FORM_ref2:
    case dwarf::DW_FORM_addrx2:
      return number(in_.fixed<uint16_t>());
    case dwarf::DW_FORM_addrx3:
      return number(three_bytes());
    case dwarf::DW_FORM_data4:
    case dwarf::DW_FORM_ref4:
    case dwarf::DW_FORM_ref_sup4:
    case dwarf::DW_FORM_addrx4:
      return number(in_.fixed<uint32_t>());
    case dwarf::DW_FORM_data8:
    case dwarf::DW_FORM_ref8:
    case dwarf::DW_FORM_ref_sig8:
    case dwarf::DW_FORM_ref_sup8:
      return number(in_.fixed<uint64_t>());
    case dwarf::DW_FORM_data16:
      return skip(16);
    case dwarf::DW_FORM_sdata:
      return number(static_cast<uint64_t>(in_.sleb()));
    case dwarf::DW_FORM_udata:
    case dwarf::DW_FORM_ref_udata:
    case dwarf::DW_FORM_addrx:
    case dwarf::DW_FORM_loclistx:
    case dwarf::DW_FORM_rnglistx:
    case dwarf::DW_FORM_GNU_addr_index:
      return number(in_.uleb());
    case dwarf::DW_FORM_LLVM_addrx_offset:
      in_.uleb();
      return skip(4);
    case dwarf::DW_FORM_addr:
      return skip(unit_.address_size);
    case dwarf::DW_FORM_sec_offset:
    case dwarf::DW_FORM_strp_sup:
    case dwarf::DW_FORM_GNU_ref_alt:
    case dwarf::DW_FORM_GNU_strp_alt:
      return number(offset());
    case dwarf::DW_FORM_ref_addr:
      return unit_.version == 2 ? skip(unit_.address_size) : number(offset());
    case dwarf::DW_FORM_string:
      return {Value::Kind::Text, 0, in_.text()};
    case dwarf::DW_FORM_strp:
      return {Value::Kind::StrOffset, offset()};
    case dwarf::DW_FORM_line_strp:
      return {Value::Kind::LineStrOffset, offset()};
    case dwarf::DW_FORM_strx:
    case dwarf::DW_FORM_GNU_str_index:
      return index(in_.uleb());
    case dwarf::DW_FORM_strx1:
      return index(in_.fixed<uint8_t>());
    case dwarf::DW_FORM_strx2:
      return index(in_.fixed<uint16_t>());
    case dwarf::DW_FORM_strx3:
      return index(three_bytes());
    case dwarf::DW_FORM_strx4:
      return index(in_.fixed<uint32_t>());
    case dwarf::DW_FORM_block1:
      return skip(in_.fixed<uint8_t>());
    case dwarf::DW_FORM_block2:
      return skip(in_.fixed<uint16_t>());
    case dwarf::DW_FORM_block4:
      return skip(in_.fixed<uint32_t>());
    case dwarf::DW_FORM_block:
    case dwarf::DW_FORM_exprloc:
      return skip(in_.uleb());
    case dwarf::DW_FORM_indirect: {
      const uint64_t actual = in_.uleb();
      // An indirection to an indirection would be a loop.
      const bool usable = actual != dwarf::DW_FORM_indirect && actual <= UINT16_MAX;
      return usable ? read(static_cast<uint16_t>(actual)) : skip(UINT64_MAX);
    }
    default:
      return skip(UINT64_MAX);  // of unknown length: nothing after it can be read
  }
}

// --- Units and abbreviations ----------------------------------------------------------------------------------------

// In a file that is not made to hurt each abbreviation is read once, and an attribute takes a byte or, if it is a mere
// flag, nothing.
DwarfReader::DwarfReader(const DwarfSections& sections)
    : sections_(sections),
      abbreviation_bytes_left_(2 * sections.abbrev.size()),
      attributes_left_(16 * sections.info.size() + 4096),
      text_bytes_left_(8 * (sections.info.size() + sections.str.size() + sections.line_str.size())) {}

DwarfReader::~DwarfReader() = default;

bool DwarfReader::may_have_noreturn() const {
  constexpr std::array<uint8_t, 2> kNoreturn = {0x87, 0x01};  // DW_AT_noreturn as ULEB128
  return !std::ranges::search(sections_.abbrev, kNoreturn).empty();
}

void DwarfReader::visit(Extent extent, const std::function<void(const DwarfEntry&)>& visit) {
  Unit unit;
  for (uint64_t at = 0; at < sections_.info.size() && read_unit(at, unit); at = unit.end) {
    const bool of_code = unit.type == dwarf::DW_UT_compile || unit.type == dwarf::DW_UT_partial;
    if (of_code) visit_unit(unit, extent, visit);
  }
}

// False if there is no unit that makes sense.
bool DwarfReader::read_unit(uint64_t at, Unit& unit) const {
  Cursor in(sections_.info, at);
  unit = Unit{};
  unit.offset = at;
  uint64_t length = in.fixed<uint32_t>();
  unit.offset_size = length == dwarf::DW_LENGTH_DWARF64 ? 8 : 4;
  if (unit.offset_size == 8) length = in.fixed<uint64_t>();
  if (!in.ok() || length > sections_.info.size() - in.offset()) return false;
  unit.end = in.offset() + length;
  if (unit.end <= at) return false;

  auto offset = [&] { return unit.offset_size == 8 ? in.fixed<uint64_t>() : in.fixed<uint32_t>(); };
  unit.version = in.fixed<uint16_t>();
  if (unit.version >= 5) {
    unit.type = in.fixed<uint8_t>();
    unit.address_size = in.fixed<uint8_t>();
    unit.abbreviations = offset();
  } else {
    unit.abbreviations = offset();
    unit.address_size = in.fixed<uint8_t>();
  }
  unit.entries = in.offset();
  return in.ok() && unit.entries <= unit.end && unit.version >= 2 && unit.version <= 5;
}

// Null if the table is damaged.
const DwarfReader::AbbreviationTable* DwarfReader::table_at(uint64_t offset) {
  const auto [found, added] = tables_.try_emplace(offset);
  AbbreviationTable& table = found->second;
  if (!added) return table.empty() ? nullptr : &table;

  Cursor in(sections_.abbrev, offset);
  while (in.ok()) {
    Abbreviation abbreviation;
    abbreviation.code = in.uleb();
    if (abbreviation.code == 0) break;
    abbreviation.tag = static_cast<uint16_t>(in.uleb());
    in.fixed<uint8_t>();  // whether it has children: the entries follow one another either way
    while (in.ok()) {
      const uint64_t name = in.uleb(), form = in.uleb();
      if (form == dwarf::DW_FORM_implicit_const) in.sleb();
      if (name == 0 && form == 0) break;
      const bool fits = name <= UINT16_MAX && form <= UINT16_MAX;
      abbreviation.attributes.push_back(
          {static_cast<uint16_t>(fits ? name : 0), static_cast<uint16_t>(fits ? form : 0)});
    }
    table.push_back(std::move(abbreviation));
  }
  const uint64_t bytes = in.offset() - std::min(offset, in.offset());
  if (!in.ok() || bytes > abbreviation_bytes_left_) table.clear();
  abbreviation_bytes_left_ -= std::min(bytes, abbreviation_bytes_left_);
  std::ranges::stable_sort(table, {}, &Abbreviation::code);
  return table.empty() ? nullptr : &table;
}

// --- Entries --------------------------------------------------------------------------------------------------------

void DwarfReader::visit_unit(const Unit& unit, Extent extent, const std::function<void(const DwarfEntry&)>& visit) {
  const AbbreviationTable* table = table_at(unit.abbreviations);
  if (!table) return;
  EntryReader reader(sections_.info, unit);
  Cursor& in = reader.cursor();
  // Where the unit's string indices count from; the unit's own entry may say otherwise.
  uint64_t base = unit.version >= 5 ? 2u * unit.offset_size : 0;

  for (bool first = true; !in.at_end(); first = false) {
    const uint64_t code = in.uleb();
    if (code == 0) continue;
    const bool dense = code <= table->size() && (*table)[code - 1].code == code;
    const auto at = dense ? table->begin() + static_cast<ptrdiff_t>(code - 1)
                          : std::ranges::lower_bound(*table, code, {}, &Abbreviation::code);
    if (at == table->end() || at->code != code || at->attributes.size() > attributes_left_) return;
    attributes_left_ -= at->attributes.size();

    DwarfEntry entry;
    entry.tag = at->tag;
    Value name, linkage_name, producer;
    for (const Abbreviation::Attribute& attribute : at->attributes) {
      const Value value = reader.read(attribute.form);
      switch (attribute.name) {
        case dwarf::DW_AT_name:
          name = value;
          break;
        case dwarf::DW_AT_linkage_name:
        case dwarf::DW_AT_MIPS_linkage_name:
          linkage_name = value;
          break;
        case dwarf::DW_AT_producer:
          producer = value;
          break;
        case dwarf::DW_AT_noreturn:
          entry.noreturn = value.kind == Value::Kind::Number && value.number != 0;
          break;
        case dwarf::DW_AT_str_offsets_base:
          if (first) base = value.number;
          break;
        default:
          break;
      }
    }
    if (!in.ok()) return;
    if (first) entry.producer = text_of(producer, unit, base);
    if (entry.noreturn) {
      entry.name = text_of(name, unit, base);
      entry.linkage_name = text_of(linkage_name, unit, base);
    }
    visit(entry);
    if (extent == Extent::UnitEntries) return;
  }
}

std::string_view DwarfReader::text_at(std::span<const uint8_t> section, uint64_t offset) {
  if (offset >= section.size()) return {};
  const uint64_t limit = std::min<uint64_t>(section.size() - offset, text_bytes_left_);
  const std::string_view text = Cursor(section.subspan(offset, limit)).text();
  text_bytes_left_ -= std::min<uint64_t>(text_bytes_left_, text.empty() ? limit : text.size());
  return text;
}

std::string_view DwarfReader::text_of(const Value& value, const Unit& unit, uint64_t base) {
  switch (value.kind) {
    case Value::Kind::Text:
      return value.text;
    case Value::Kind::StrOffset:
      return text_at(sections_.str, value.number);
    case Value::Kind::LineStrOffset:
      return text_at(sections_.line_str, value.number);
    case Value::Kind::StrIndex: {
      uint64_t at = 0;
      if (__builtin_mul_overflow(value.number, unit.offset_size, &at) || __builtin_add_overflow(at, base, &at))
        return {};
      Cursor in(sections_.str_offsets, at);
      const uint64_t offset = unit.offset_size == 8 ? in.fixed<uint64_t>() : in.fixed<uint32_t>();
      return in.ok() ? text_at(sections_.str, offset) : std::string_view();
    }
    default:
      return {};
  }
}

}  // namespace objhound::oracle
