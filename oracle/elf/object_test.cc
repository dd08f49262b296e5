// Real objects of three compilers, and what must be in them by the rules of their languages and ABIs.

#include "oracle/elf/object.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "oracle/elf/compile_test_support.h"

namespace objhound::oracle {
namespace {

using test::function;
using test::names_of;
using test::place_of;
using test::section;
using test::Workshop;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::UnorderedElementsAre;

struct Compiler {
  const char* name;
  const char* command;
  const char* arch;
  const char* linker;  // flags, where the system's own linker is for another machine
};
constexpr Compiler kCompilers[] = {
    {"gcc_x86_64", "gcc-12", "x86-64", ""},
    {"clang_x86_64", "clang-19", "x86-64", ""},
    {"gcc_arm64", "aarch64-linux-gnu-gcc", "arm64", ""},
    {"clang_arm64", "clang-19 --target=aarch64-linux-gnu", "arm64", "-fuse-ld=lld"},
};

class EveryCompiler : public testing::TestWithParam<Compiler> {
 protected:
  ObjectFile compile(const std::string& flags, const std::string& source) const {
    return shop_.compile(std::string(GetParam().command) + " " + flags, source);
  }
  // input.c to lib.so.
  void link(const std::string& flags) const {
    const Compiler& compiler = GetParam();
    shop_.run(std::string(compiler.command) + " -O1 -fPIC " + compiler.linker + " " + flags + " input.c -o lib.so");
  }
  Workshop shop_;
};
INSTANTIATE_TEST_SUITE_P(Compilers, EveryCompiler, testing::ValuesIn(kCompilers),
                         [](const auto& info) { return std::string(info.param.name); });

TEST_P(EveryCompiler, FunctionsHaveTheirNamesAndLinkage) {
  const ObjectFile object = compile("-O1", R"(
    int outside(int);
    static __attribute__((noinline)) int inner(int x) { return outside(x) + 1; }
    int outer(int x) { return inner(x) * 2; }
    __attribute__((weak)) int may_be_replaced(int x) { return x; }
    int data = 7;)");
  EXPECT_EQ(object.arch().name, GetParam().arch);
  EXPECT_TRUE(object.relocatable());
  EXPECT_THAT(names_of(object), UnorderedElementsAre("inner", "outer", "may_be_replaced"));
  EXPECT_FALSE(function(object, "inner").global);
  EXPECT_TRUE(function(object, "outer").global);
  EXPECT_TRUE(function(object, "may_be_replaced").global);
  for (const Function& f : object.functions()) {
    EXPECT_TRUE(f.sized);
    EXPECT_GT(f.size, 0u);
    EXPECT_EQ(f.parent, kNoIndex);
    EXPECT_TRUE(object.sections()[f.section].executable);
  }
}

TEST_P(EveryCompiler, PlacesFindTheirFunction) {
  const ObjectFile object = compile("-O1", "int f(int x) { return x * x; } int g(int x) { return x / 3; }");
  for (uint32_t i = 0; i < object.functions().size(); i++) {
    const Function& f = object.functions()[i];
    Place place = place_of(f);
    EXPECT_EQ(object.function_at(place), i);
    EXPECT_EQ(object.function_starting_at(place), i);
    place.offset += static_cast<int64_t>(f.size) - 1;
    EXPECT_EQ(object.function_at(place), i);
    EXPECT_EQ(object.function_starting_at(place), kNoIndex);
    place.offset += 1;
    EXPECT_NE(object.function_at(place), i);
  }
  EXPECT_EQ(object.function_at({0, 0}), kNoIndex);
  EXPECT_EQ(object.function_at({}), kNoIndex);
  EXPECT_EQ(object.function_at({function(object, "f").section, -1}), kNoIndex);
  EXPECT_FALSE(object.place_of_address(0).valid()) << "nothing has an address in a relocatable object";
}

TEST_P(EveryCompiler, CallsAreRelocationsWhoseTargetIsTheCallee) {
  const ObjectFile object = compile("-O1 -ffunction-sections", R"(
    int outside(int);
    __attribute__((noinline)) int here(int x) { return x + 1; }
    int caller(int x) { return outside(x) + here(x); })");
  const Function& caller = function(object, "caller");
  std::vector<std::string> called;
  bool undefined = false, defined = false;
  for (const Relocation& r : object.sections()[caller.section].relocations_in(caller.offset, caller.end())) {
    if (r.kind != RelocKind::Branch || r.symbol == kNoIndex) continue;
    const Symbol& symbol = object.symbols()[r.symbol];
    if (symbol.name == "outside") undefined = !symbol.place.valid() && !r.target.valid();
    if (r.target == place_of(function(object, "here"))) defined = true;
  }
  EXPECT_TRUE(undefined);
  EXPECT_TRUE(defined);
}

TEST_P(EveryCompiler, DebugInformationTellsWhatNeverReturns) {
  const std::string source = R"(
    _Noreturn void leave(int);
    _Noreturn void here(int x) { leave(x); }
    void returns(int x) { if (x == 3) leave(x); })";
  for (const char* flags : {"-g", "-g -gdwarf-4", "-g -gz", "-O2 -g -ffunction-sections"}) {
    const ObjectFile object = compile(flags, source);
    const std::vector<std::string> names = object.declared_noreturn();
    EXPECT_THAT(names, Contains("here")) << flags;
    EXPECT_THAT(names, Not(Contains("returns"))) << flags;
  }
  EXPECT_THAT(compile("-O1", source).declared_noreturn(), IsEmpty()) << "without debug information";
}

TEST_P(EveryCompiler, CommandLinesAreRead) {
  const ObjectFile recorded = compile("-O1 -fno-jump-tables -frecord-gcc-switches", "int f(void) { return 1; }");
  EXPECT_THAT(recorded.recorded_command_lines(),
              ElementsAre(testing::AllOf(HasSubstr("-O1"), HasSubstr("-fno-jump-tables"))));

  const ObjectFile silent = compile("-O1", "int f(void) { return 1; }");
  EXPECT_THAT(silent.recorded_command_lines(), IsEmpty());

  // GCC puts its flags into DW_AT_producer always, Clang only when asked.
  const ObjectFile debug = compile("-O1 -g -grecord-gcc-switches", "int f(void) { return 1; }");
  EXPECT_THAT(debug.recorded_command_lines(), ElementsAre(HasSubstr("-O1")));
}

TEST_P(EveryCompiler, ObjectsOfLinkTimeOptimisationAreRefused) {
  shop_.write("input.c", "int f(void) { return 1; }");
  shop_.run(std::string(GetParam().command) + " -O1 -flto -c input.c -o lto.o");
  const Result<ObjectFile> object = ObjectFile::load(shop_.path("lto.o"));
  ASSERT_FALSE(object);
  EXPECT_THAT(object.error().text(), HasSubstr("lto.o: "));
  EXPECT_THAT(object.error().remedy, HasSubstr("lto"));
}

TEST(Object, ComdatFunctionsHaveSectionsOfTheirOwn) {
  for (const char* compiler : {"g++-12", "clang++-19", "clang++-19 --target=aarch64-linux-gnu"}) {
    const Workshop shop;
    const ObjectFile object = shop.compile(std::string(compiler) + " -O1", R"(
      inline __attribute__((noinline)) int shared(int x) { return x * 3; }
      int user(int x) { return shared(x); })",
                                           "cc");
    EXPECT_NE(function(object, "_Z6sharedi").section, function(object, "_Z4useri").section) << compiler;
  }
}

TEST(Object, CommandLinesOfALinkAreAllThere) {
  const Workshop shop;
  shop.write("a.c", "int a(void) { return 1; }");
  shop.write("b.c", "int b(void) { return 2; }");
  shop.run("gcc-12 -O1 -frecord-gcc-switches -c a.c && clang-19 -O2 -frecord-command-line -c b.c");
  shop.run("ld -r a.o b.o -o all.o");
  EXPECT_THAT(shop.load("all.o").recorded_command_lines(), UnorderedElementsAre(HasSubstr("-O1"), HasSubstr("-O2")));
}

// --- Linked files ---------------------------------------------------------------------------------------------------

constexpr const char* kLibrary = R"(
  extern int outside(int);
  int exported(int x) { return outside(x) + 1; }
  static __attribute__((noinline)) int hidden(int x) { return outside(x); }
  int (*table[2])(int) = {exported, hidden};
  int second(int x) { return hidden(x) + 5; })";

TEST_P(EveryCompiler, LinkedFilesKnowPlacesByAddress) {
  shop_.write("input.c", kLibrary);
  link("-shared -nostdlib");
  const ObjectFile object = shop_.load("lib.so");
  EXPECT_FALSE(object.relocatable());
  EXPECT_THAT(names_of(object), testing::IsSupersetOf({"exported", "hidden", "second"}));
  const Function& hidden = function(object, "hidden");
  const Section& text = object.sections()[hidden.section];
  EXPECT_EQ(text.name, ".text");
  EXPECT_EQ(object.place_of_address(text.address + hidden.offset), place_of(hidden));
  EXPECT_FALSE(object.place_of_address(~uint64_t{0}).valid());
  EXPECT_EQ(object.place_of_address(text.address + text.size).section == hidden.section, false);
}

TEST_P(EveryCompiler, StrippedFilesStillKnowWhatTheyExport) {
  shop_.write("input.c", kLibrary);
  link("-shared -nostdlib -s");
  const ObjectFile object = shop_.load("lib.so");
  EXPECT_THAT(names_of(object), testing::IsSupersetOf({"exported", "second"}));
  EXPECT_THAT(names_of(object), Not(Contains("hidden")));
}

TEST_P(EveryCompiler, DynamicRelocationsSayWhatTheDynamicLinkerWrites) {
  shop_.write("input.c", kLibrary);
  link("-shared -nostdlib");
  const ObjectFile object = shop_.load("lib.so");
  bool imported = false;
  std::vector<Place> pointed_to;
  for (const Section& s : object.sections()) {
    for (const Relocation& r : s.relocations) {
      EXPECT_LT(r.offset, s.size);
      if (r.kind != RelocKind::Abs64) continue;
      // The slot of the imported function in the global offset table, and the pointers in `table`.
      if (r.symbol != kNoIndex && object.symbols()[r.symbol].name == "outside") imported = s.writable;
      if (r.target.valid()) pointed_to.push_back(r.target);
    }
  }
  EXPECT_TRUE(imported);
  EXPECT_THAT(pointed_to,
              testing::IsSupersetOf({place_of(function(object, "exported")), place_of(function(object, "hidden"))}));
}

TEST(Object, ExecutablesHaveTheirStartUpCode) {
  const Workshop shop;
  shop.write("input.c", "int main(void) { return 0; }");
  shop.run("gcc-12 -O1 input.c -o program && gcc-12 -O1 -static input.c -o static_program");
  for (const char* name : {"program", "static_program"}) {
    const ObjectFile object = shop.load(name);
    EXPECT_FALSE(object.relocatable());
    EXPECT_THAT(names_of(object), testing::IsSupersetOf({"main", "_start"})) << name;
    EXPECT_GT(function(object, "_start").size, 0u);
  }
}

// --- Relocations in detail ------------------------------------------------------------------------------------------

TEST(Object, RelocationsAreSortedAndMeanSymbolPlusAddend) {
  const Workshop shop;
  const ObjectFile object = shop.assemble("gcc-12", R"(
    .text
    first: ret
    second: ret
    .globl f
    .type f, @function
    f:
      call second
      jmp outside
    .size f, . - f
    .data
    .balign 8
    table:
      .quad second + 3
      .long second - .
      .long outside
      .quad table
    .reloc table, R_X86_64_NONE)");
  const Section& text = section(object, ".text");
  const Section& data = section(object, ".data");
  const uint32_t text_index = static_cast<uint32_t>(&text - object.sections().data());
  const uint32_t data_index = static_cast<uint32_t>(&data - object.sections().data());
  EXPECT_TRUE(std::ranges::is_sorted(data.relocations, {}, &Relocation::offset));

  // `call second` is resolved by the assembler; the jump has its field one byte after its start, and its addend would
  // be -4 but for the bias.
  const Function& f = function(object, "f");
  const std::span<const Relocation> calls = text.relocations_in(f.offset, f.end());
  ASSERT_EQ(calls.size(), 1u);
  EXPECT_EQ(calls[0].kind, RelocKind::Branch);
  EXPECT_EQ(calls[0].offset, f.offset + 5 + 1);
  EXPECT_EQ(calls[0].addend, 0);
  EXPECT_EQ(object.symbols()[calls[0].symbol].name, "outside");
  EXPECT_FALSE(calls[0].target.valid());

  const std::span<const Relocation> quads = data.relocations_in(0, 8);
  const auto absolute = std::ranges::find(quads, RelocKind::Abs64, &Relocation::kind);
  ASSERT_NE(absolute, quads.end());
  EXPECT_EQ(absolute->target, (Place{text_index, 1 + 3}));
  EXPECT_TRUE(object.symbols()[absolute->symbol].section_symbol);
  EXPECT_EQ(std::ranges::count(quads, RelocKind::None, &Relocation::kind), 1);

  ASSERT_EQ(data.relocations_in(8, 12).size(), 1u);
  EXPECT_EQ(data.relocations_in(8, 12)[0].kind, RelocKind::PcRel32);
  EXPECT_EQ(data.relocations_in(8, 12)[0].target, (Place{text_index, 1}));
  ASSERT_EQ(data.relocations_in(16, 24).size(), 1u);
  EXPECT_EQ(data.relocations_in(16, 24)[0].target, (Place{data_index, 0}));
  EXPECT_TRUE(data.relocations_in(17, 17).empty());
  EXPECT_TRUE(data.relocations_in(24, ~uint64_t{0}).empty());
}

TEST(Object, ImplicitAddendsAreReadFromData) {
  const Workshop shop;
  // SHT_REL, which no supported ABI asks for but the format allows: the addends stand in the fields.
  shop.write("rel.yaml", R"(
--- !ELF
FileHeader: {Class: ELFCLASS64, Data: ELFDATA2LSB, Type: ET_REL, Machine: EM_X86_64}
Sections:
  - {Name: .text, Type: SHT_PROGBITS, Flags: [SHF_ALLOC, SHF_EXECINSTR], Content: "E800000000C3"}
  - {Name: .data, Type: SHT_PROGBITS, Flags: [SHF_ALLOC, SHF_WRITE], Content: "0500000000000000FEFFFFFF"}
  - Name: .rel.data
    Type: SHT_REL
    Info: .data
    Link: .symtab
    Relocations:
      - {Offset: 8, Symbol: f, Type: R_X86_64_PC32}
      - {Offset: 0, Symbol: f, Type: R_X86_64_64}
  - Name: .rel.text
    Type: SHT_REL
    Info: .text
    Link: .symtab
    Relocations:
      - {Offset: 1, Symbol: f, Type: R_X86_64_PLT32}
Symbols:
  - {Name: f, Type: STT_FUNC, Section: .text, Binding: STB_GLOBAL, Size: 6}
)");
  shop.run("yaml2obj-19 rel.yaml -o rel.o");
  const ObjectFile object = shop.load("rel.o");
  const Section& data = section(object, ".data");
  const uint32_t text = function(object, "f").section;
  ASSERT_EQ(data.relocations.size(), 2u);
  EXPECT_EQ(data.relocations[0].target, (Place{text, 5}));
  EXPECT_EQ(data.relocations[1].target, (Place{text, -2}));
  ASSERT_EQ(section(object, ".text").relocations.size(), 1u);
  EXPECT_EQ(section(object, ".text").relocations[0].kind, RelocKind::Other) << "an addend within an instruction";
}

TEST(Object, MoreSectionsThanTheHeaderCanCount) {
  const Workshop shop;
  const ObjectFile object = shop.assemble("gcc-12", R"(
    .altmacro
    .macro one n
      .section .text.s\n, "ax", @progbits
      .globl f\n
      .type f\n, @function
      f\n: jmp f0
      .size f\n, . - f\n
    .endm
    .set i, 0
    .rept 65600
      one %i
      .set i, i + 1
    .endr)");
  EXPECT_GT(object.sections().size(), 0xff00u);
  EXPECT_EQ(object.functions().size(), 65600u);
  const Function& last = function(object, "f65599");
  EXPECT_EQ(object.sections()[last.section].name, ".text.s65599");
  ASSERT_EQ(object.sections()[last.section].relocations.size(), 1u);
  EXPECT_EQ(object.sections()[last.section].relocations[0].target, place_of(function(object, "f0")));
}

// No sum of such an addend and an offset may overflow later.
TEST(Object, ARelocationThatPointsBeyondEverythingPointsNowhere) {
  const Workshop shop;
  const ObjectFile object = shop.assemble("gcc-12", R"(
    f: ret
    .data
    .quad f + 0x7ffffffffffffffc, extern - 0x7ffffffffffffffc, f + 1)");
  const std::vector<Relocation>& relocations = section(object, ".data").relocations;
  ASSERT_EQ(relocations.size(), 3u);
  for (int i : {0, 1}) {
    EXPECT_EQ(relocations[i].kind, RelocKind::Other);
    EXPECT_EQ(relocations[i].addend, 0);
    EXPECT_FALSE(relocations[i].target.valid());
  }
  EXPECT_EQ(relocations[2].kind, RelocKind::Abs64);
}

TEST(Object, MappingSymbolsAreNoSymbols) {
  const Workshop shop;
  const ObjectFile object = shop.assemble("aarch64-linux-gnu-gcc", R"(
    .text
    .globl f
    .type f, %function
    f: ret
       .word 1, 2, 3
    .size f, . - f)");
  for (const Symbol& symbol : object.symbols()) EXPECT_FALSE(symbol.name.starts_with("$")) << symbol.name;
  EXPECT_EQ(function(object, "f").size, 16u);
}

}  // namespace
}  // namespace objhound::oracle
