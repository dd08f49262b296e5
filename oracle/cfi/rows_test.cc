// Rows of hand-written directives, each once, and of real compilers' functions; the expected rows follow from the
// directives and from what the instructions do.

#include "oracle/cfi/rows.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "oracle/elf/compile_test_support.h"

namespace objhound::oracle {
namespace {

using test::function;
using test::place_of;
using test::section;
using test::Workshop;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

using Texts = std::vector<std::string>;

std::vector<std::string> problems_of(const CfiTable& table) {
  std::vector<std::string> texts;
  for (const CfiProblem& problem : table.problems()) texts.push_back(problem.what);
  return texts;
}

// "0: CFA=rsp+8 ra@cfa-8" for each row of the FDE.
Texts rows_of(const ObjectFile& object, const CfiTable& table, const Fde& fde) {
  Texts texts;
  for (const RowStart& start : table.rows_of(fde))
    texts.push_back(std::to_string(start.offset) + ": " + to_text(table.row(start.row), table, object.arch()));
  return texts;
}

// The same for the FDE of a function.
Texts rows_of(const ObjectFile& object, const std::string& name) {
  const CfiTable table = CfiTable::read(object);
  EXPECT_THAT(problems_of(table), IsEmpty());
  const Fde* fde = table.fde_at(place_of(function(object, name)));
  if (!fde) return {"no FDE"};
  EXPECT_EQ(fde->size, function(object, name).size);
  return rows_of(object, table, *fde);
}

// A function f around directives, each followed by a one-byte instruction.
std::string x86_function(const std::string& body) {
  return ".text\n.globl f\n.type f, @function\nf:\n.cfi_startproc\nnop\n" + body +
         "\nnop\n.cfi_endproc\n.size f, . - f\n";
}
std::string arm_function(const std::string& body) {
  return ".text\n.globl f\n.type f, %function\nf:\n.cfi_startproc\nnop\n" + body +
         "\nnop\n.cfi_endproc\n.size f, . - f\n";
}

Texts x86_rows(const std::string& body) {
  const Workshop shop;
  return rows_of(shop.assemble("gcc-12", x86_function(body)), "f");
}
Texts arm_rows(const std::string& body) {
  const Workshop shop;
  return rows_of(shop.assemble("aarch64-linux-gnu-gcc", arm_function(body)), "f");
}

const std::string kStart = "0: CFA=rsp+8 ra@cfa-8";

TEST(Rows, OfTheCfa) {
  EXPECT_THAT(x86_rows(""), ElementsAre(kStart));
  EXPECT_THAT(x86_rows(".cfi_def_cfa rbp, 16"), ElementsAre(kStart, "1: CFA=rbp+16 ra@cfa-8"));
  EXPECT_THAT(x86_rows(".cfi_def_cfa_register rbp"), ElementsAre(kStart, "1: CFA=rbp+8 ra@cfa-8"));
  EXPECT_THAT(x86_rows(".cfi_def_cfa_offset 64"), ElementsAre(kStart, "1: CFA=rsp+64 ra@cfa-8"));
  EXPECT_THAT(x86_rows(".cfi_adjust_cfa_offset 24"), ElementsAre(kStart, "1: CFA=rsp+32 ra@cfa-8"));
  EXPECT_THAT(x86_rows(".cfi_def_cfa rsp, -8"), ElementsAre(kStart, "1: CFA=rsp-8 ra@cfa-8")) << "DW_CFA_def_cfa_sf";
}

TEST(Rows, OfRegisters) {
  EXPECT_THAT(x86_rows(".cfi_offset rbx, -16"), ElementsAre(kStart, "1: CFA=rsp+8 rbx@cfa-16 ra@cfa-8"));
  EXPECT_THAT(x86_rows(".cfi_offset rbx, 16"), ElementsAre(kStart, "1: CFA=rsp+8 rbx@cfa+16 ra@cfa-8"));
  EXPECT_THAT(x86_rows(".cfi_rel_offset rbx, 0"), ElementsAre(kStart, "1: CFA=rsp+8 rbx@cfa-8 ra@cfa-8"));
  EXPECT_THAT(x86_rows(".cfi_val_offset rbx, -24"), ElementsAre(kStart, "1: CFA=rsp+8 rbx=cfa-24 ra@cfa-8"));
  EXPECT_THAT(x86_rows(".cfi_register rbx, r11"), ElementsAre(kStart, "1: CFA=rsp+8 rbx=r11 ra@cfa-8"));
  EXPECT_THAT(x86_rows(".cfi_register rbx, xmm1"), ElementsAre(kStart, "1: CFA=rsp+8 rbx=? ra@cfa-8"));
  EXPECT_THAT(x86_rows(".cfi_undefined rip"), ElementsAre(kStart, "1: CFA=rsp+8 ra=undefined"));
  EXPECT_THAT(x86_rows(".cfi_return_column rip\n.cfi_offset xmm3, -32"), ElementsAre(kStart)) << "not tracked";
  EXPECT_THAT(arm_rows(".cfi_offset x19, -16\n.cfi_offset 72, -24\n.cfi_offset 84, -48"),
              ElementsAre("0: CFA=sp+0", "4: CFA=sp+0 x19@cfa-16 d8@cfa-24"));
}

TEST(Rows, ThatAreTakenBack) {
  // Equal to the CIE's rule again, and explicit all the same.
  EXPECT_THAT(x86_rows(".cfi_offset rip, -16\nnop\n.cfi_restore rip"),
              ElementsAre(kStart, "1: CFA=rsp+8 ra@cfa-16", "2: CFA=rsp+8 ra@cfa-8"));
  // Where the CIE has no rule there is none afterwards.
  EXPECT_THAT(x86_rows(".cfi_offset rbx, -16\nnop\n.cfi_restore rbx"),
              ElementsAre(kStart, "1: CFA=rsp+8 rbx@cfa-16 ra@cfa-8", "2: CFA=rsp+8 ra@cfa-8"));
  // "Same value" is a rule, not the lack of one.
  EXPECT_THAT(x86_rows(".cfi_offset rbx, -16\nnop\n.cfi_same_value rbx"),
              ElementsAre(kStart, "1: CFA=rsp+8 rbx@cfa-16 ra@cfa-8", "2: CFA=rsp+8 rbx=same ra@cfa-8"));
  EXPECT_THAT(
      x86_rows(".cfi_def_cfa_offset 16\n.cfi_remember_state\nnop\n.cfi_def_cfa_offset 8\n.cfi_offset 6, -16\n"
               "nop\n.cfi_restore_state"),
      ElementsAre(kStart, "1: CFA=rsp+16 ra@cfa-8", "2: CFA=rsp+8 rbp@cfa-16 ra@cfa-8", "3: CFA=rsp+16 ra@cfa-8"));
  EXPECT_THAT(x86_rows(".cfi_remember_state\n.cfi_remember_state\n.cfi_def_cfa_offset 16\nnop\n.cfi_restore_state\n"
                       "nop\n.cfi_restore_state"),
              ElementsAre(kStart, "1: CFA=rsp+16 ra@cfa-8", "2: CFA=rsp+8 ra@cfa-8"));
}

TEST(Rows, OfExpressions) {
  // DW_CFA_def_cfa_expression { breg6 -16; deref }: what GCC writes for a realigned stack.
  EXPECT_THAT(x86_rows(".cfi_escape 0x0f, 3, 0x76, 0x70, 0x06"), ElementsAre(kStart, "1: CFA=(rbp-16 deref) ra@cfa-8"));
  // An expression of nothing but a register and a distance is the plain rule.
  EXPECT_THAT(x86_rows(".cfi_escape 0x0f, 2, 0x76, 0x70"), ElementsAre(kStart, "1: CFA=rbp-16 ra@cfa-8"));
  // DW_CFA_expression rbx { breg6 -8 }
  EXPECT_THAT(x86_rows(".cfi_escape 0x10, 3, 2, 0x76, 0x78"), ElementsAre(kStart, "1: CFA=rsp+8 rbx@rbp-8 ra@cfa-8"));
  // DW_CFA_expression rbx { plus_uconst 200 }, DW_CFA_val_expression rbp { const1u 255; minus }
  EXPECT_THAT(x86_rows(".cfi_escape 0x10, 3, 3, 0x23, 0xc8, 0x01\n.cfi_escape 0x16, 6, 3, 0x08, 0xff, 0x1c"),
              ElementsAre(kStart, "1: CFA=rsp+8 rbx@(+200) rbp=(255 minus) ra@cfa-8"));
  // The expression of a lazy-binding PLT: breg7 8; breg16 0; lit15; and; lit11; ge; lit3; shl; plus.
  EXPECT_THAT(x86_rows(".cfi_escape 0x0f, 11, 0x77, 8, 0x80, 0, 0x3f, 0x1a, 0x3b, 0x2a, 0x33, 0x24, 0x22"),
              ElementsAre(kStart, "1: CFA=(rsp+8 pc 15 and 11 ge 3 shl plus) ra@cfa-8"));
  // An operation that is not known (DW_OP_xor), and one that is cut short, leave nothing to evaluate.
  EXPECT_THAT(x86_rows(".cfi_escape 0x0f, 3, 0x31, 0x32, 0x27"), ElementsAre(kStart, "1: CFA=(?) ra@cfa-8"));
  EXPECT_THAT(x86_rows(".cfi_escape 0x0f, 2, 0x31, 0x0c"), ElementsAre(kStart, "1: CFA=(?) ra@cfa-8"));
  // The link register is a register like any other: breg30 0; plus_uconst 200.
  EXPECT_THAT(arm_rows(".cfi_escape 0x0f, 5, 0x8e, 0x00, 0x23, 0xc8, 0x01"),
              ElementsAre("0: CFA=sp+0", "4: CFA=(x30 +200)"));
}

TEST(Rows, OfSignedReturnAddresses) {
  EXPECT_THAT(arm_rows(".cfi_negate_ra_state\nnop\n.cfi_remember_state\nnop\n.cfi_negate_ra_state\nnop\n"
                       ".cfi_restore_state"),
              ElementsAre("0: CFA=sp+0", "4: CFA=sp+0 signed", "12: CFA=sp+0", "16: CFA=sp+0 signed"));
}

TEST(Rows, ThatChangeNothingAreOne) {
  EXPECT_THAT(x86_rows(".cfi_def_cfa_offset 8\nnop\n.cfi_offset xmm0, -64\nnop\n.cfi_escape 0x2e, 0x10"),
              ElementsAre(kStart));
  // Of two rows with one location the last holds.
  EXPECT_THAT(x86_rows(".cfi_def_cfa_offset 16\n.cfi_def_cfa_offset 24"),
              ElementsAre(kStart, "1: CFA=rsp+24 ra@cfa-8"));
}

TEST(Rows, AtAnyDistance) {
  // DW_CFA_advance_loc, _loc1, _loc2 and _loc4.
  EXPECT_THAT(x86_rows(".skip 62\n.cfi_def_cfa_offset 16\n.skip 200\n.cfi_def_cfa_offset 24\n.skip 300\n"
                       ".cfi_def_cfa_offset 32\n.skip 70000\n.cfi_def_cfa_offset 40"),
              ElementsAre(kStart, "63: CFA=rsp+16 ra@cfa-8", "263: CFA=rsp+24 ra@cfa-8", "563: CFA=rsp+32 ra@cfa-8",
                          "70563: CFA=rsp+40 ra@cfa-8"));
}

TEST(Rows, AreFoundByPlace) {
  const Workshop shop;
  const ObjectFile object = shop.assemble("gcc-12", x86_function("nop\n.cfi_def_cfa_offset 16\nnop") + "nop\n");
  const CfiTable table = CfiTable::read(object);
  const Place begin = place_of(function(object, "f"));
  auto at = [&](int64_t offset) -> std::string {
    const Row* row = table.row_at({begin.section, begin.offset + offset});
    return row ? to_text(*row, table, object.arch()) : "none";
  };
  EXPECT_EQ(at(-1), "none");
  EXPECT_EQ(at(0), "CFA=rsp+8 ra@cfa-8");
  EXPECT_EQ(at(1), "CFA=rsp+8 ra@cfa-8");
  EXPECT_EQ(at(2), "CFA=rsp+16 ra@cfa-8");
  EXPECT_EQ(at(3), "CFA=rsp+16 ra@cfa-8");
  EXPECT_EQ(at(4), "none") << "behind the function's end";
  EXPECT_EQ(table.row_at({}), nullptr);
  const Row* row = table.row_at(begin);
  EXPECT_NE(row->rule_for(object.arch().return_address), nullptr);
  EXPECT_EQ(row->rule_for(object.arch().sp), nullptr);
}

// --- Sections -------------------------------------------------------------------------------------------------------

TEST(Sections, WithoutTablesThereAreNone) {
  const Workshop shop;
  const CfiTable table = CfiTable::read(
      shop.compile("gcc-12 -O1 -fno-asynchronous-unwind-tables -fno-exceptions", "int f(int x) { return x; }"));
  EXPECT_FALSE(table.present());
  EXPECT_THAT(table.fdes(), IsEmpty());
}

TEST(Sections, EhFrameGoesBeforeDebugFrame) {
  const Workshop shop;
  const std::string body = x86_function(".cfi_def_cfa_offset 16");
  for (const std::string sections : {".eh_frame", ".debug_frame", ".eh_frame, .debug_frame"}) {
    for (const char* compiler : {"gcc-12", "gcc-12 -Wa,--compress-debug-sections", "clang-19"}) {
      const ObjectFile object = shop.assemble(compiler, fmt::format(".cfi_sections {}\n{}", sections, body));
      EXPECT_THAT(rows_of(object, "f"), ElementsAre(kStart, "1: CFA=rsp+16 ra@cfa-8")) << sections << " " << compiler;
      const CfiTable table = CfiTable::read(object);
      EXPECT_EQ(table.fdes().size(), sections.find(',') == std::string::npos ? 1u : 2u);
      const Fde* fde = table.fde_at(place_of(function(object, "f")));
      const std::string_view expected = sections.starts_with(".eh_frame") ? ".eh_frame" : ".debug_frame";
      EXPECT_EQ(object.sections()[fde->unwind_section].name, expected);
    }
  }
}

// An object that holds a compressed .debug_frame, which takes more than the few bytes above to be worth it.
TEST(Sections, CompressedTablesAreUnpacked) {
  const Workshop shop;
  std::string source = ".cfi_sections .debug_frame\n.text\n";
  for (int i = 0; i < 100; i++) {
    source += fmt::format(
        ".type f{0}, @function\nf{0}: .cfi_startproc\nnop\n.cfi_def_cfa_offset 16\nnop\n"
        ".cfi_endproc\n.size f{0}, . - f{0}\n",
        i);
  }
  const ObjectFile object = shop.assemble("gcc-12 -Wa,--compress-debug-sections=zlib", source);
  const Section& frame = section(object, ".debug_frame");
  EXPECT_GT(frame.size, 2000u);
  EXPECT_EQ(frame.bytes.size(), frame.size);
  const bool in_file =
      frame.bytes.data() >= object.bytes().data() && frame.bytes.data() < object.bytes().data() + object.bytes().size();
  EXPECT_FALSE(in_file) << "the assembler was asked to compress";
  EXPECT_THAT(rows_of(object, "f99"), ElementsAre(kStart, "1: CFA=rsp+16 ra@cfa-8"));
}

TEST(Sections, ManyTextSectionsAreToldApart) {
  const Workshop shop;
  const std::string source = R"(
    int g(int);
    int leaf(int x) { return x; }
    int caller(int x) { return g(x) + 1; }
    void slow(int) __attribute__((cold));
    int split(int x) { if (x == 7) { slow(1); slow(2); slow(x); } return g(x) + 1; })";
  const ObjectFile gcc = shop.compile("gcc-12 -O2 -ffunction-sections", source);
  EXPECT_THAT(rows_of(gcc, "leaf"), ElementsAre(kStart));
  EXPECT_THAT(rows_of(gcc, "caller"), ElementsAre(kStart, "4: CFA=rsp+16 ra@cfa-8", "13: CFA=rsp+8 ra@cfa-8"));
  // The cold part is entered with the frame of the function that it was split from.
  EXPECT_EQ(gcc.functions()[function(gcc, "split.cold").parent].name, "split");
  EXPECT_THAT(rows_of(gcc, "split.cold")[0], testing::MatchesRegex("0: CFA=rsp\\+(16|32) .*ra@cfa-8"));
}

TEST(Sections, FoldedComdatFunctionsHaveOneEntry) {
  const Workshop shop;
  shop.write("a.cc",
             "int g(int); inline __attribute__((noinline)) int shared(int x) { return g(x) + 3; }\n"
             "int a(int x) { return shared(x); }");
  shop.write("b.cc",
             "int g(int); inline __attribute__((noinline)) int shared(int x) { return g(x) + 3; }\n"
             "int b(int x) { return shared(x) + g(x); }");
  for (const char* compiler : {"g++-12 -O1 -g", "clang++-19 -O1 -ffunction-sections",
                               "g++-12 -O1 -fno-asynchronous-unwind-tables -fno-exceptions -g"}) {
    shop.run(std::string(compiler) + " -c a.cc && " + compiler + " -c b.cc");
    for (const char* link : {"ld -r a.o b.o -o all.o", "ld.lld-19 -r a.o b.o -o all.o",
                             "ld -shared -z notext a.o b.o -o all.o", "ld.lld-19 -shared -z notext a.o b.o -o all.o"}) {
      shop.run(link);
      const ObjectFile object = shop.load("all.o");
      for (const char* name : {"_Z6sharedi", "_Z1ai", "_Z1bi"})
        EXPECT_EQ(rows_of(object, name)[0], kStart) << compiler << ", " << link << ", " << name;
    }
  }
}

TEST(Sections, LinkedFilesHaveTheSameRows) {
  const Workshop shop;
  shop.write("input.c", "int g(int); int f(int x) { return g(x) + g(x + 1); }");
  shop.run("gcc-12 -O1 -fPIC -c input.c && gcc-12 -shared -nostdlib input.o -o lib.so");
  shop.run("aarch64-linux-gnu-gcc -O1 -fPIC -c input.c -o arm.o");
  shop.run("aarch64-linux-gnu-gcc -shared -nostdlib arm.o -o arm.so");
  EXPECT_EQ(rows_of(shop.load("input.o"), "f"), rows_of(shop.load("lib.so"), "f"));
  EXPECT_EQ(rows_of(shop.load("arm.o"), "f"), rows_of(shop.load("arm.so"), "f"));

  // The linker's own entry for the procedure linkage table.
  const ObjectFile library = shop.load("lib.so");
  const CfiTable table = CfiTable::read(library);
  const uint32_t plt = static_cast<uint32_t>(&section(library, ".plt") - library.sections().data());
  const Row* row = table.row_at({plt, 16});
  ASSERT_NE(row, nullptr);
  EXPECT_EQ(to_text(*row, table, library.arch()), "CFA=(rsp+8 pc 15 and 11 ge 3 shl plus) ra@cfa-8");
}

TEST(Sections, SignalFramesAreMarked) {
  const Workshop shop;
  const ObjectFile object = shop.assemble("gcc-12", x86_function(".cfi_signal_frame"));
  EXPECT_TRUE(CfiTable::read(object).fdes()[0].signal_frame);
  const ObjectFile plain = shop.assemble("gcc-12", x86_function(""));
  EXPECT_FALSE(CfiTable::read(plain).fdes()[0].signal_frame);
}

TEST(Sections, PersonalitiesAndLandingPadsAreSkipped) {
  const Workshop shop;
  const std::string source = R"(
    struct Guard { ~Guard(); };
    int g(int);
    int f(int x) { Guard guard; try { return g(x); } catch (int e) { return e; } })";
  for (const char* compiler :
       {"g++-12 -O1", "g++-12 -O1 -fPIC", "clang++-19 -O1 -fPIC", "clang++-19 --target=aarch64-linux-gnu -O1"}) {
    const ObjectFile object = shop.compile(compiler, source, "cc");
    EXPECT_GT(rows_of(object, "_Z1fi").size(), 2u) << compiler;
  }
}

// --- Real prologues -------------------------------------------------------------------------------------------------

TEST(Compilers, FramesAreDescribedAsTheyAreBuilt) {
  const Workshop shop;
  const std::string source = "int g(int *); int f(int x) { int a[4] = {x}; g(a); return g(a + 1) + a[2]; }";
  // push %rbp; mov %rsp,%rbp; ... leave; ret
  const Texts gcc = rows_of(shop.compile("gcc-12 -O0", source), "f");
  ASSERT_EQ(gcc.size(), 4u);
  EXPECT_EQ(gcc[0], kStart);
  EXPECT_EQ(gcc[1], "1: CFA=rsp+16 rbp@cfa-16 ra@cfa-8");
  EXPECT_EQ(gcc[2], "4: CFA=rbp+16 rbp@cfa-16 ra@cfa-8");
  EXPECT_THAT(gcc[3], HasSubstr(": CFA=rsp+8 rbp@cfa-16 ra@cfa-8"));
  // stp x29, x30, [sp, -48]!
  const Texts arm = rows_of(shop.compile("aarch64-linux-gnu-gcc -O1", source), "f");
  EXPECT_EQ(arm[0], "0: CFA=sp+0");
  EXPECT_THAT(arm[1], AllOf(HasSubstr("4: CFA=sp+"), HasSubstr("x29@cfa-"), HasSubstr("x30@cfa-")));
  // paciasp comes first.
  const Texts pac =
      rows_of(shop.compile("clang-19 --target=aarch64-linux-gnu -O1 -mbranch-protection=pac-ret", source), "f");
  EXPECT_EQ(pac[0], "0: CFA=sp+0");
  EXPECT_EQ(pac[1], "4: CFA=sp+0 signed");
}

TEST(Compilers, VectorRegistersAreTrackedAsFarAsTheAbiGoes) {
  const Workshop shop;
  const ObjectFile object = shop.compile("aarch64-linux-gnu-gcc -O2", R"(
    double g(double);
    double f(double x, double y) { return g(x) * y + g(y) * x; })");
  EXPECT_THAT(rows_of(object, "f").at(2), AllOf(HasSubstr("d8@cfa-"), HasSubstr("d9@cfa-")));
}

}  // namespace
}  // namespace objhound::oracle
