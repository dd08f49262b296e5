// Units made by hand, byte by byte, right ones and wrong ones. (Those of real compilers: object_test.cc.)

#include "oracle/elf/dwarf_units.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace objhound::oracle {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Bytes = std::vector<uint8_t>;

Bytes join(std::initializer_list<Bytes> parts) {
  Bytes all;
  for (const Bytes& part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}

Bytes text0(const std::string& s) {
  Bytes bytes(s.begin(), s.end());
  bytes.push_back(0);
  return bytes;
}
Bytes little(uint64_t value, int width) {
  Bytes bytes;
  for (int i = 0; i < width; i++) bytes.push_back(static_cast<uint8_t>(value >> 8 * i));
  return bytes;
}

// A unit of version 4 with these entries; the abbreviations are at offset 0.
Bytes unit4(const Bytes& entries) {
  const Bytes rest = join({little(4, 2), little(0, 4), {8}, entries});
  return join({little(rest.size(), 4), rest});
}

// 1: DW_TAG_compile_unit { DW_AT_producer strp }, 2: DW_TAG_subprogram { DW_AT_name string, DW_AT_noreturn flag_present
// }, 3: DW_TAG_subprogram { DW_AT_location block4, DW_AT_name string, DW_AT_noreturn flag }, 4: DW_TAG_subprogram {
// DW_AT_name indirect, DW_AT_linkage_name strp, DW_AT_noreturn flag_present }
const Bytes kAbbreviations = {1,    0x11, 1,    0x25, 0x0e, 0,    0,    2,    0x2e, 0,    0x03, 0x08, 0x87, 0x01,
                              0x19, 0,    0,    3,    0x2e, 0,    0x02, 0x04, 0x03, 0x08, 0x87, 0x01, 0x0c, 0,
                              0,    4,    0x2e, 0,    0x03, 0x16, 0x6e, 0x0e, 0x87, 0x01, 0x19, 0,    0,    0};
const Bytes kStrings = join({text0(""), text0("cc -O2"), text0("_Zx")});

struct Seen {
  std::vector<std::string> producers, noreturn;
  size_t entries = 0;
};
Seen read(const Bytes& info, const Bytes& abbreviations = kAbbreviations,
          DwarfReader::Extent extent = DwarfReader::Extent::AllEntries) {
  Seen seen;
  DwarfReader({info, abbreviations, kStrings, {}, {}}).visit(extent, [&](const DwarfEntry& entry) {
    seen.entries++;
    if (!entry.producer.empty()) seen.producers.emplace_back(entry.producer);
    if (entry.noreturn) seen.noreturn.emplace_back(entry.linkage_name.empty() ? entry.name : entry.linkage_name);
  });
  return seen;
}

const Bytes kCompileUnit = join({{1}, little(1, 4)});
Bytes subprogram(const std::string& name) { return join({{2}, text0(name)}); }

TEST(DwarfUnits, AreReadOneAfterTheOther) {
  const Bytes info = join({unit4(join({kCompileUnit, subprogram("f"), subprogram("g"), {0}})),
                           unit4(join({kCompileUnit, subprogram("h"), {0}}))});
  const Seen all = read(info);
  EXPECT_THAT(all.producers, ElementsAre("cc -O2", "cc -O2"));
  EXPECT_THAT(all.noreturn, ElementsAre("f", "g", "h"));
  EXPECT_EQ(all.entries, 5u);
  EXPECT_EQ(read(info, kAbbreviations, DwarfReader::Extent::UnitEntries).entries, 2u);
}

TEST(DwarfUnits, MayNameTheirFormsInTheEntry) {
  const Bytes entry = join({{4, 0x08}, text0("x"), little(8, 4)});  // indirect: DW_FORM_string
  EXPECT_THAT(read(unit4(join({kCompileUnit, entry}))).noreturn, ElementsAre("_Zx"));
  const Bytes loop = join({{4, 0x16, 0x16, 0x16}, text0("x")});
  EXPECT_THAT(read(unit4(join({kCompileUnit, loop, subprogram("f")}))).noreturn, IsEmpty());
}

TEST(DwarfUnits, WithFlagsThatAreFalse) {
  const Bytes block = join({{3}, little(3, 4), {7, 7, 7}, text0("returns"), {0}});
  const Bytes other = join({{3}, little(0, 4), text0("never"), {1}});
  EXPECT_THAT(read(unit4(join({kCompileUnit, block, other}))).noreturn, ElementsAre("never"));
}

// A block that claims to reach beyond its section: the rest of the unit is unreadable, the next unit is not.
TEST(DwarfUnits, WithBlocksThatAreTooLong) {
  for (const uint64_t length : {5ull, 0x7fffffffull, 0xffffffffull}) {
    const Bytes block = join({{3}, little(length, 4), text0("x")});
    const Bytes info = join({unit4(join({kCompileUnit, block, subprogram("f")})), unit4(subprogram("g"))});
    const Seen seen = read(info);
    EXPECT_THAT(seen.producers, ElementsAre("cc -O2")) << length;
    EXPECT_THAT(seen.noreturn, testing::Contains("g")) << length;
  }
}

TEST(DwarfUnits, ThatMakeNoSenseAreSkipped) {
  EXPECT_EQ(read({}).entries, 0u);
  EXPECT_EQ(read({1, 0, 0, 0}).entries, 0u);
  EXPECT_EQ(read(little(0xffffffff, 4)).entries, 0u);
  EXPECT_EQ(read(join({little(0xffffffff, 4), little(~uint64_t{0}, 8)})).entries, 0u);
  EXPECT_EQ(read(unit4({9})).entries, 0u) << "no such abbreviation";
  EXPECT_EQ(read(unit4(kCompileUnit), {}).entries, 0u) << "no abbreviations";
  EXPECT_EQ(read(unit4(kCompileUnit), {1, 0x11, 1, 0x25}).entries, 0u) << "abbreviations cut short";
  EXPECT_EQ(read(unit4({1}), {1, 0x11, 1, 0x25, 0x7f, 0, 0, 0}).entries, 0u) << "a form of unknown length";
}

// An entry of one byte with a hundred thousand attributes, a hundred thousand times, would take for ever.
TEST(DwarfUnits, DoNotTakeLongerThanTheirSizeAllows) {
  Bytes abbreviations = {1, 0x2e, 0};
  for (int i = 0; i < 100000; i++) abbreviations.insert(abbreviations.end(), {0x3f, 0x19});
  abbreviations.insert(abbreviations.end(), {0, 0, 0});
  EXPECT_LT(read(unit4(Bytes(100000, 1)), abbreviations).entries, 100u);
}

TEST(DwarfUnits, OfVersionFiveWithIndexedStrings) {
  // { DW_AT_producer strx1, DW_AT_str_offsets_base sec_offset }: the base comes after its first use.
  const Bytes abbreviations = {1, 0x11, 0, 0x25, 0x25, 0x72, 0x17, 0, 0, 0};
  const Bytes rest = join({little(5, 2), {1, 8}, little(0, 4), {1, 1}, little(8, 4)});
  const Bytes info = join({little(rest.size(), 4), rest});
  const Bytes offsets = join({little(12, 4), little(5, 2), little(0, 2), little(0, 4), little(1, 4)});
  std::string producer;
  DwarfReader({info, abbreviations, kStrings, {}, offsets})
      .visit(DwarfReader::Extent::UnitEntries, [&](const DwarfEntry& entry) { producer = entry.producer; });
  EXPECT_EQ(producer, "cc -O2");
}

}  // namespace
}  // namespace objhound::oracle
