// Exception tables: of real compilers, against what the source says; byte by byte, with what is wrong named; and
// damaged at random, which must never be more than a problem.

#include "oracle/cfi/lsda.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "oracle/cfi/rows.h"
#include "oracle/elf/compile_test_support.h"

namespace objhound::oracle {
namespace {

using test::function;
using test::place_of;
using test::section;
using test::Workshop;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// A function of 32 bytes whose exception table is `table`, an assembler's list of bytes.
Lsda read_bytes_as_table(const std::string& table) {
  const Workshop shop;
  const ObjectFile object = shop.assemble("gcc-12",
                                          ".text\n.type f, @function\nf:\n.fill 32, 1, 0x90\n.size f, . - f\n"
                                          ".section .gcc_except_table, \"a\"\ntable: .byte " +
                                              table);
  Place at;
  for (uint32_t s = 0; s < object.sections().size(); ++s) {
    if (object.sections()[s].name == ".gcc_except_table") at = {s, 0};
  }
  return read_lsda(object, at, place_of(function(object, "f")), 32);
}

std::vector<std::string> texts(const Lsda& lsda) {
  std::vector<std::string> result;
  for (const CallSite& site : lsda.call_sites)
    result.push_back(site.landing_pad.valid() ? fmt::format("{}..{}: {}", site.begin, site.end, site.landing_pad.offset)
                                              : fmt::format("{}..{}", site.begin, site.end));
  return result;
}

TEST(Lsda, IsReadByteByByte) {
  // No landing pad start, no types, call sites in ULEB128: begin, length, pad, action.
  EXPECT_THAT(texts(read_bytes_as_table("0xff, 0xff, 1, 8,  0, 5, 20, 0,  6, 10, 0, 0")),
              ElementsAre("0..5: 20", "6..16"));
  EXPECT_THAT(texts(read_bytes_as_table("0xff, 0xff, 1, 0")), IsEmpty());
  // Four-byte call sites.
  EXPECT_THAT(texts(read_bytes_as_table("0xff, 0xff, 3, 13,  1, 0, 0, 0,  4, 0, 0, 0,  9, 0, 0, 0,  0")),
              ElementsAre("1..5: 9"));
  // Two handlers: the second record is the first one's next, one byte behind the field that says so.
  const Lsda handlers =
      read_bytes_as_table("0xff, 0x03, 18, 1, 4,  0, 5, 20, 1,  2, 1, 1, 0,  0, 0, 0, 0, 0, 0, 0, 0, 0");
  EXPECT_EQ(handlers.trouble, "");
  EXPECT_THAT(texts(handlers), ElementsAre("0..5: 20"));
}

struct Damaged {
  const char* table;
  const char* trouble;
  bool unsupported = false;
};

TEST(Lsda, NamesWhatIsWrong) {
  const Damaged cases[] = {
      {"0xff", "cut short"},
      {"0xff, 0xff", "cut short"},
      {"0xff, 0xff, 1", "cut short"},
      {"0xff, 0x03, 100, 1, 0", "its type table ends 0x64 bytes behind .gcc_except_table+0x3"},
      {"0xff, 0x03, 3, 1, 4,  0, 5, 20, 0", "type table ends inside its call-site table"},
      {"0xff, 0xff, 1, 9,  0, 5, 20, 0", "call-site table of 0x9 bytes does not fit"},
      {"0xff, 0xff, 1, 3,  0, 5, 20", "call-site table is cut short"},
      {"0xff, 0xff, 1, 4,  0, 33, 20, 0", "covers 0x0 to 0x21 of a function of 0x20 bytes"},
      {"0xff, 0xff, 1, 8,  4, 4, 20, 0,  6, 2, 20, 0", "begins at 0x6, the one before it ends at 0x8"},
      {"0xff, 0xff, 1, 4,  0, 5, 40, 0", "the landing pad 0x28"},
      {"0xff, 0xff, 1, 4,  0, 5, 20, 1", "outside of the action table"},
      {"0xff, 0xff, 1, 4,  0, 5, 20, 1,  1, 0", "there is no type table"},
      {"0xff, 0x03, 12, 1, 4,  0, 5, 20, 1,  1, 0,  0, 0, 0, 0, 0, 0", ""},
      {"0xff, 0x03, 12, 1, 4,  0, 5, 20, 1,  9, 0,  0, 0, 0, 0, 0, 0", "catches type 9"},
      {"0xff, 0x03, 12, 1, 4,  0, 5, 20, 1,  1, 0x7f,  0, 0, 0, 0, 0, 0", "do not end"},
      {"0xff, 0x03, 12, 1, 4,  0, 5, 20, 1,  0x70, 0,  0, 0, 0, 0, 0, 0", "exception specification"},
      {"0xff, 0xff, 0x33, 4,  0, 5, 20, 0", "call-site encoding 0x33 is not known", true},
      {"0xff, 0x0f, 12, 1, 4,  0, 5, 20, 1,  1, 0,  0, 0, 0, 0, 0, 0", "type encoding 0x0f is not known", true},
  };
  for (const Damaged& test : cases) {
    const Lsda lsda = read_bytes_as_table(test.table);
    if (*test.trouble == 0) {
      EXPECT_EQ(lsda.trouble, "") << test.table;
      continue;
    }
    EXPECT_THAT(lsda.trouble, HasSubstr(test.trouble)) << test.table;
    EXPECT_EQ(lsda.unsupported, test.unsupported) << test.table;
    EXPECT_THAT(lsda.call_sites, IsEmpty()) << test.table;
  }
}

TEST(Lsda, OutsideOfEverySectionIsTrouble) {
  const Workshop shop;
  const ObjectFile object = shop.assemble("gcc-12", ".text\nnop");
  EXPECT_NE(read_lsda(object, {}, {}, 0).trouble, "");
  EXPECT_NE(read_lsda(object, {99, 0}, {}, 0).trouble, "");
  EXPECT_NE(read_lsda(object, {1, 1 << 20}, {}, 0).trouble, "");
  EXPECT_NE(read_lsda(object, {1, -1}, {}, 0).trouble, "");
}

TEST(Lsda, BelongsToKnownPersonalities) {
  EXPECT_TRUE(reads_lsda("__gxx_personality_v0"));
  EXPECT_TRUE(reads_lsda("__gcc_personality_v0"));
  EXPECT_FALSE(reads_lsda("__gxx_personality_sj0"));
  EXPECT_FALSE(reads_lsda(""));
}

constexpr const char* kThrowing = R"(
void release(int);
int step(int);
struct Guard { int value; ~Guard() { release(value); } };
int guarded(int value) { Guard guard{value}; return step(value) + step(value + 1); }
int caught(int value) { try { return step(value); } catch (int number) { return number; } }
int plain(int value) { return step(value) + 1; }
)";

class Compiled : public testing::TestWithParam<const char*> {};

TEST_P(Compiled, TablesCoverTheirCalls) {
  const Workshop shop;
  const ObjectFile object = shop.compile(GetParam(), kThrowing, "cc");
  const CfiTable table = CfiTable::read(object);
  for (const CfiProblem& problem : table.problems()) ADD_FAILURE() << problem.what;
  for (const char* name : {"_Z7guardedi", "_Z6caughti"}) {
    const Fde* fde = table.fde_at(place_of(function(object, name)));
    ASSERT_NE(fde, nullptr);
    EXPECT_TRUE(fde->call_sites_certain);
    bool lands = false;
    for (const CallSite& site : table.call_sites_of(*fde)) lands = lands || site.landing_pad.valid();
    EXPECT_TRUE(lands) << name;
  }
  EXPECT_THAT(table.call_sites_of(*table.fde_at(place_of(function(object, "_Z5plaini")))), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Compilers, Compiled,
                         testing::Values("g++-12 -O2", "g++-12 -O0 -fPIC", "clang++-19 -O2", "clang++-19 -O0 -fPIC",
                                         "aarch64-linux-gnu-g++ -O2", "clang++-19 --target=aarch64-linux-gnu -O1"));

// The same table is found in a linked file, where it is reached by addresses, and the personality through a slot.
TEST(Lsda, IsFoundInLinkedFiles) {
  const Workshop shop;
  (void)shop.compile("g++-12 -O2 -fPIC", kThrowing, "cc");
  shop.run("g++-12 -shared -o library.so output.o");
  const ObjectFile object = shop.load("library.so");
  const CfiTable table = CfiTable::read(object);
  for (const CfiProblem& problem : table.problems()) ADD_FAILURE() << problem.what;
  const Fde* fde = table.fde_at(place_of(function(object, "_Z6caughti")));
  ASSERT_NE(fde, nullptr);
  EXPECT_TRUE(fde->call_sites_certain);
  EXPECT_FALSE(table.call_sites_of(*fde).empty());
}

// A library that brings its personality along and is stripped does not name it. Where the table stands tells that a
// compiler wrote it; a table of another section is anyone's.
TEST(Lsda, TellsTheCompilersTableWithoutThePersonalitysName) {
  for (const std::string section : {".gcc_except_table", ".own_table"}) {
    const Workshop shop;
    (void)shop.assemble("gcc-12", R"(
      .text
      personality: ret
      .globl f
      .type f, @function
      f:
      .cfi_startproc
      .cfi_personality 0x1b, personality
      .cfi_lsda 0x1b, table
      call *%rax
      ret
      ret
      .cfi_endproc
      .size f, . - f
      .section )" + section + R"(, "a"
      table: .byte 0xff, 0xff, 1, 4, 0, 2, 3, 0)");
    shop.run("gcc-12 -shared -nostdlib -s -o library.so output.o");
    const CfiTable table = CfiTable::read(shop.load("library.so"));
    ASSERT_EQ(table.fdes().size(), 1u);
    EXPECT_EQ(table.call_sites_of(table.fdes()[0]).size(), 1u);
    EXPECT_EQ(table.fdes()[0].call_sites_certain, section == ".gcc_except_table");
  }
}

TEST(Lsda, PushedArgumentsAreKeptByPlace) {
  const Workshop shop;
  const ObjectFile object = shop.assemble("gcc-12", R"(
    .text
    .type f, @function
    f:
    .cfi_startproc
    nop
    .cfi_escape 0x2e, 0x10
    nop
    .cfi_escape 0x2e, 0
    nop
    .cfi_endproc
    .size f, . - f)");
  const CfiTable table = CfiTable::read(object);
  std::vector<std::pair<uint64_t, uint64_t>> pushed;
  for (const PushedArguments& entry : table.pushed_arguments_of(table.fdes()[0]))
    pushed.push_back({entry.offset, entry.bytes});
  EXPECT_THAT(pushed, ElementsAre(std::pair(1, 16), std::pair(2, 0)));
}

// Damage at every byte of a real table, and much of it at random: a problem or another table, never a crash, and call
// sites that are in order and inside of their function.
TEST(Lsda, SurvivesDamage) {
  const Workshop shop;
  const ObjectFile object = shop.compile("g++-12 -O2", kThrowing, "cc");
  const std::vector<uint8_t> bytes = test::read_bytes(shop.path("output.o"));
  const Section& table = section(object, ".gcc_except_table");
  const size_t from = static_cast<size_t>(table.bytes.data() - object.bytes().data());
  std::mt19937 random(1);
  for (size_t round = 0; round < 40 * table.bytes.size(); ++round) {
    std::vector<uint8_t> damaged = bytes;
    damaged[from + round % table.bytes.size()] = static_cast<uint8_t>(random());
    if (round % 3 == 0) damaged[from + random() % table.bytes.size()] = static_cast<uint8_t>(random());
    const Result<ObjectFile> parsed = ObjectFile::parse("damaged.o", damaged);
    ASSERT_TRUE(parsed);
    const CfiTable read = CfiTable::read(*parsed);
    for (const Fde& fde : read.fdes()) {
      uint64_t previous = 0;
      for (const CallSite& site : read.call_sites_of(fde)) {
        ASSERT_LE(previous, site.begin);
        ASSERT_LE(site.begin, site.end);
        ASSERT_LE(site.end, fde.size);
        previous = site.end;
      }
    }
  }
}

}  // namespace
}  // namespace objhound::oracle
