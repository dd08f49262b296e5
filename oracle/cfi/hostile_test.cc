// Unwind sections that are wrong: each entry must end in a problem that says where and what, the others must still be
// read, and damaged bytes must never be more than that.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "oracle/cfi/rows.h"
#include "oracle/elf/compile_test_support.h"

namespace objhound::oracle {
namespace {

using test::function;
using test::place_of;
using test::Workshop;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

std::string function_with(const std::string& name, const std::string& directives) {
  return ".globl " + name + "\n.type " + name + ", @function\n" + name + ":\n.cfi_startproc\nnop\n" + directives +
         "\nnop\n.cfi_endproc\n.size " + name + ", . - " + name + "\n";
}

// What the table says of a function `bad` whose FDE holds these bytes, between two good ones.
struct Reading {
  std::vector<CfiProblem> problems;
  bool others_read = false;
  uint32_t bad_rows = 0;
};
Reading read_with(const std::string& compiler, const std::string& bad) {
  const Workshop shop;
  const ObjectFile object =
      shop.assemble(compiler, ".text\n" + function_with("before", ".cfi_def_cfa_offset 32") +
                                  function_with("bad", bad) + function_with("after", ".cfi_def_cfa_offset 48"));
  const CfiTable table = CfiTable::read(object);
  Reading reading;
  reading.problems.assign(table.problems().begin(), table.problems().end());
  auto rows = [&](const char* name) {
    const Fde* fde = table.fde_at(place_of(function(object, name)));
    return fde ? fde->row_count : 99;
  };
  reading.others_read = rows("before") == 2 && rows("after") == 2;
  reading.bad_rows = rows("bad");
  for (const CfiProblem& problem : reading.problems) EXPECT_EQ(problem.place, place_of(function(object, "bad")));
  return reading;
}

struct Malformed {
  const char* directives;
  const char* what;
  bool unsupported = false;
};

TEST(MalformedPrograms, AreProblemsOfTheirFunctionAlone) {
  const Malformed cases[] = {
      {".cfi_escape 0x0b", "DW_CFA_restore_state without DW_CFA_remember_state"},
      {".cfi_escape 0x17", "call frame instruction 0x17 is not known"},
      {".cfi_escape 0x2c", "call frame instruction 0x2c is not known", true},
      {".cfi_escape 0x2d", "call frame instruction 0x2d is not known", true},
      {".cfi_escape 0x0f, 2, 0x31, 0x06\n.cfi_escape 0x0d, 6", "DW_CFA_def_cfa_register, but the CFA is no register"},
      {".cfi_escape 0x0f, 2, 0x31, 0x06\n.cfi_escape 0x0e, 6", "DW_CFA_def_cfa_offset, but the CFA is no register"},
      {".cfi_escape 0x0d, 17", "the CFA counts from DWARF register 17, which is not tracked", true},
      {".cfi_escape 0x02, 200", "a row at 0xc9 is behind its end at 0x2"},
      {".cfi_escape 0x05, 3, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x40", "an offset overflows"},
      {".cfi_escape 0x0e, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01", "an offset overflows"},
      // A block that is longer than what is left, and a number of more than 64 bits.
      {".cfi_escape 0x0f, 0x7f", "its instructions are cut short"},
      {".cfi_escape 0x0e, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f",
       "its instructions are cut short"},
  };
  for (const Malformed& wrong : cases) {
    const Reading reading = read_with("gcc-12", wrong.directives);
    ASSERT_THAT(reading.problems, SizeIs(1)) << wrong.directives;
    EXPECT_THAT(reading.problems[0].what, AllOf(HasSubstr("the FDE at .eh_frame+0x"), HasSubstr(wrong.what)));
    EXPECT_EQ(reading.problems[0].unsupported, wrong.unsupported) << wrong.directives;
    EXPECT_EQ(reading.bad_rows, 0u) << wrong.directives;
    EXPECT_TRUE(reading.others_read) << wrong.directives;
  }
}

TEST(MalformedPrograms, HaveSilentTwins) {
  for (const char* directives :
       {".cfi_escape 0x0a, 0x0b", ".cfi_escape 0", ".cfi_escape 0x2e, 0x08", ".cfi_escape 0x2f, 3, 2",
        // A row at the very end is never in force.
        ".cfi_escape 0x02, 1, 0x0e, 32"}) {
    const Reading reading = read_with("gcc-12", directives);
    EXPECT_THAT(reading.problems, IsEmpty()) << directives;
    EXPECT_TRUE(reading.others_read);
    EXPECT_GT(reading.bad_rows, 0u);
  }
  const Reading signing = read_with("aarch64-linux-gnu-gcc", ".cfi_escape 0x2d");
  EXPECT_THAT(signing.problems, IsEmpty());
}

TEST(MalformedPrograms, ThatNestTooDeepAreGivenUp) {
  std::string remember = ".cfi_escape 0x0a";
  for (int i = 0; i < 300; i++) remember += ", 0x0a";
  const Reading reading = read_with("gcc-12", remember);
  ASSERT_THAT(reading.problems, SizeIs(1));
  EXPECT_THAT(reading.problems[0].what, HasSubstr("nests too deep"));
  EXPECT_TRUE(reading.others_read);
}

// --- Entries made by hand -------------------------------------------------------------------------------------------

// A section .eh_frame of these lines, beside two functions of 16 bytes.
struct HandMade {
  Workshop shop;
  ObjectFile object;
  CfiTable table;
  explicit HandMade(const std::string& lines, const std::string& section = ".eh_frame, \"a\"")
      : object(shop.assemble("gcc-12", R"(
          .text
          .globl f, g
          .type f, @function
          .type g, @function
          f: .skip 16, 0x90
          .size f, . - f
          g: .skip 16, 0x90
          .size g, . - g
          .section )" + section + ", @progbits\n" +
                                           kMacros + lines)),
        table(CfiTable::read(object)) {}

  static constexpr const char* kMacros = R"(
    # version, augmentation, return address column
    .macro cie version=1, augmentation="zR", column=16
    .long 2f - 1f
    1: .long 0
    .byte \version
    .asciz "\augmentation"
    .uleb128 1
    .sleb128 -8
    .byte \column
    .uleb128 1
    .byte 0x1b
    .byte 0x0c, 7, 8, 0x90, 1
    2:
    .endm
    .macro fde cie, begin, size
    .long 4f - 3f
    3: .long . - \cie
    .long \begin - .
    .long \size
    .uleb128 0
    .byte 0, 0
    4:
    .endm
  )";

  std::vector<std::string> problems() const {
    std::vector<std::string> texts;
    for (const CfiProblem& problem : table.problems()) texts.push_back(problem.what);
    return texts;
  }
  bool covers(const char* name) const { return table.row_at(place_of(function(object, name))) != nullptr; }
};

TEST(Entries, MadeByHandAreRead) {
  const HandMade made("c: cie\nfde c, f, 16\n.long 0\nfde c, g, 16\n");
  EXPECT_THAT(made.problems(), IsEmpty()) << "a terminator in the middle is what relocatable links leave";
  EXPECT_TRUE(made.covers("f"));
  EXPECT_TRUE(made.covers("g"));
}

TEST(Entries, WithBadCiesAreProblems) {
  const struct {
    const char* cie;
    const char* what;
    bool unsupported;
  } cases[] = {
      {"cie version=7", "version 7 is not known", false},
      {"cie augmentation=\"zRQ\"", "augmentation \"zRQ\" is not known", true},
      {"cie augmentation=\"xy\"", "augmentation \"xy\" is not known", true},
      {"cie column=3", "the return address is in column 3", true},
      {".long 9\n.long 0\n.byte 1\n.asciz \"zR\"\n.byte 1", "is cut short", false},
  };
  for (const auto& wrong : cases) {
    const HandMade made(std::string("bad: ") + wrong.cie + "\nfde bad, f, 16\ngood: cie\nfde good, g, 16\n");
    ASSERT_THAT(made.problems(), SizeIs(2)) << wrong.cie;  // of the CIE, and of f that rests on it
    EXPECT_THAT(made.problems()[0], AllOf(HasSubstr("the CIE at .eh_frame+0x0: "), HasSubstr(wrong.what)));
    EXPECT_THAT(made.problems()[1], HasSubstr("its CIE: "));
    EXPECT_EQ(made.table.problems()[1].place, place_of(function(made.object, "f")));
    EXPECT_EQ(made.table.problems()[1].unsupported, wrong.unsupported);
    EXPECT_FALSE(made.covers("f"));
    EXPECT_TRUE(made.covers("g"));
  }
}

TEST(Entries, WithoutACieAreProblems) {
  const HandMade made("c: cie\nfde (c+4), f, 16\nfde c, g, 16\n");
  EXPECT_THAT(made.problems(), ElementsAre(HasSubstr("there is no CIE at .eh_frame+0x4")));
  EXPECT_TRUE(made.covers("g"));
}

TEST(Entries, BeyondTheirSectionAreProblems) {
  const HandMade too_long("c: cie\nfde c, f, 16\nfde c, g, 17\n");
  EXPECT_THAT(too_long.problems(), ElementsAre(HasSubstr("it covers 0x10 to 0x21 of .text, which ends at 0x20")));
  EXPECT_TRUE(too_long.covers("f"));

  const HandMade outside("c: cie\nfde c, f, 16\n.long 20\n.long 0\n");
  EXPECT_THAT(outside.problems(), ElementsAre(HasSubstr("does not fit into its section")));
  EXPECT_TRUE(outside.covers("f"));

  const HandMade undefined("c: cie\nfde c, nowhere, 16\nfde c, g, 16\n");
  EXPECT_THAT(undefined.problems(), ElementsAre(HasSubstr("undefined symbol")));
  EXPECT_TRUE(undefined.covers("g"));

  const HandMade absolute("c: cie\n.long 4f - 3f\n3: .long . - c\n.long 0, 16\n.uleb128 0\n4:\nfde c, g, 16\n");
  EXPECT_THAT(absolute.problems(), ElementsAre(HasSubstr("its address has no relocation")));
  EXPECT_TRUE(absolute.covers("g"));
}

TEST(Entries, ThatOverlapAreProblems) {
  const HandMade made("c: cie\nfde c, f, 20\nfde c, g, 16\n");
  ASSERT_THAT(made.problems(), ElementsAre(HasSubstr("cover the same code")));
  EXPECT_EQ(made.table.problems()[0].place, place_of(function(made.object, "g")));
  const HandMade twice("c: cie\nfde c, f, 16\nfde c, f, 16\n");
  EXPECT_THAT(twice.problems(), ElementsAre(HasSubstr("cover the same code")));
  const HandMade neighbours("c: cie\nfde c, g, 16\nfde c, f, 16\n");
  EXPECT_THAT(neighbours.problems(), IsEmpty());
}

TEST(Entries, WithoutSizeCoverNothing) {
  const HandMade made("c: cie\nfde c, g, 0\nfde c, g, 16\n");
  EXPECT_THAT(made.problems(), IsEmpty());
  EXPECT_THAT(made.table.fdes(), SizeIs(1));
  EXPECT_TRUE(made.covers("g"));
}

TEST(Entries, OfSixtyFourBitFormatAreRead) {
  // .debug_frame with 64-bit lengths: the CIE pointer is eight bytes wide, as is the id.
  const HandMade made(R"(
    c: .long 0xffffffff
    .quad 2f - 1f
    1: .quad 0xffffffffffffffff
    .byte 4
    .asciz ""
    .byte 8, 0
    .uleb128 1
    .sleb128 -8
    .uleb128 16
    .byte 0x0c, 7, 8, 0x90, 1
    2:
    .long 0xffffffff
    .quad 4f - 3f
    3: .quad c
    .quad f
    .quad 16
    .byte 0x44, 0x0e, 16
    4:)",
                      ".debug_frame, \"\"");
  EXPECT_THAT(made.problems(), IsEmpty());
  const Row* row = made.table.row_at({function(made.object, "f").section, 4});
  ASSERT_NE(row, nullptr);
  EXPECT_EQ(to_text(*row, made.table, made.object.arch()), "CFA=rsp+16 ra@cfa-8");
}

TEST(Entries, MaySetTheLocation) {
  const HandMade made(R"(
    c: cie
    .long 4f - 3f
    3: .long . - c
    .long f - .
    .long 16
    .uleb128 0
    .byte 0x01
    .long f + 5 - .
    .byte 0x0e, 16
    4:
    fde c, g, 16)");
  EXPECT_THAT(made.problems(), IsEmpty());
  const Fde* fde = made.table.fde_at(place_of(function(made.object, "f")));
  ASSERT_THAT(made.table.rows_of(*fde), SizeIs(2));
  EXPECT_EQ(made.table.rows_of(*fde)[1].offset, 5u);
}

TEST(Entries, WithRelocatedInstructionsAreNotGuessedAt) {
  const HandMade made(R"(
    c: cie
    .long 4f - 3f
    3: .long . - c
    .long f - .
    .long 16
    .uleb128 0
    .byte 0x04
    .long outside
    .byte 0x0e, 16
    4:
    fde c, g, 16)");
  EXPECT_THAT(made.problems(), ElementsAre(HasSubstr("its instructions have relocations")));
  EXPECT_TRUE(made.table.problems()[0].unsupported);
  EXPECT_TRUE(made.covers("g"));
}

// --- Damage ---------------------------------------------------------------------------------------------------------

TEST(Damage, OfUnwindSectionsIsSurvived) {
  const Workshop shop;
  for (const char* compiler : {"gcc-12 -O2", "clang-19 --target=aarch64-linux-gnu -O2 -mbranch-protection=standard"}) {
    const ObjectFile object = shop.compile(compiler, R"(
      void slow(int) __attribute__((cold));
      int g(int);
      int f(int x) { if (x == 7) { slow(1); slow(2); slow(x); } return g(x) + 1; }
      int h(int x, int y, int z) { int i, s = 0; for (i = 0; i < x; i++) s += g(i) * y + g(z); return s; })");
    const std::vector<uint8_t> good(object.bytes().begin(), object.bytes().end());
    const std::span<const uint8_t> frame = test::section(object, ".eh_frame").bytes;
    const size_t at = static_cast<size_t>(frame.data() - object.bytes().data());
    std::mt19937_64 random(20240502);
    size_t problems = 0, rows = 0;
    for (int round = 0; round < 5000; round++) {
      std::vector<uint8_t> bad = good;
      for (int i = 0; i < 1 + round % 3; i++) bad[at + random() % frame.size()] = static_cast<uint8_t>(random());
      const Result<ObjectFile> damaged = ObjectFile::parse("x.o", bad);
      ASSERT_TRUE(damaged);
      const CfiTable table = CfiTable::read(*damaged);
      problems += table.problems().size();
      for (const Fde& fde : table.fdes()) {
        for (const RowStart& start : table.rows_of(fde)) {
          EXPECT_LT(start.offset, fde.size);
          EXPECT_FALSE(to_text(table.row(start.row), table, damaged->arch()).empty());
          rows++;
        }
      }
    }
    EXPECT_GT(problems, 1000u);
    EXPECT_GT(rows, 10000u);
  }
}

}  // namespace
}  // namespace objhound::oracle
