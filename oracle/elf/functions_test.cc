// Which ranges are functions, and which fragment belongs to which of them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "oracle/elf/compile_test_support.h"
#include "oracle/elf/image.h"

namespace objhound::oracle {
namespace {

using test::function;
using test::names_of;
using test::Workshop;
using testing::ElementsAre;

std::string parent_of(const ObjectFile& object, const Function& f) {
  return f.parent == kNoIndex ? "" : object.functions()[f.parent].name;
}

TEST(FragmentNames, TellTheParent) {
  EXPECT_EQ(fragment_parent_name("f.cold"), "f");
  EXPECT_EQ(fragment_parent_name("f.cold.1"), "f");
  EXPECT_EQ(fragment_parent_name("f.__part.12"), "f");
  EXPECT_EQ(fragment_parent_name("f.part.0.cold"), "f.part.0");
  EXPECT_EQ(fragment_parent_name("f.constprop.0.isra.0.cold.7"), "f.constprop.0.isra.0");
  EXPECT_EQ(fragment_parent_name("f.cold.cold"), "f.cold");
}

TEST(FragmentNames, OthersAreFunctionsOfTheirOwn) {
  for (const char* name : {"", "f", "f.part.0", "f.isra.0", "f.constprop.3", "f.cold.x", "f.cold1", "cold", "f.__part",
                           "f.colder", "f.cold.", ".cold", "1", ".1"})
    EXPECT_EQ(fragment_parent_name(name), "") << name;
}

// As many files as functions, all of one name, and all with a cold part.
TEST(Fragments, AreTiedInTimeThatGrowsWithTheirNumber) {
  constexpr int64_t kFiles = 60'000;
  ElfImage image;
  image.path = "x.o";
  image.size = 64 * kFiles;
  image.relocatable = true;
  const std::vector<uint8_t> code(4 * kFiles, 0xc3);
  Section text;
  text.name = ".text";
  text.executable = text.allocated = true;
  text.bytes = code;
  text.size = code.size();
  image.sections.push_back(text);
  for (int64_t i = 0; i < kFiles; ++i) {
    for (const char* name : {"f", "f.cold"}) {
      const int64_t offset = 4 * i + (name[1] == 0 ? 0 : 2);
      image.symbols.push_back({.name = name, .place = {0, offset}, .size = 2, .function = true});
      image.symbol_file.push_back(static_cast<uint32_t>(i) + 1);
    }
  }
  image.first_dynamic_symbol = static_cast<uint32_t>(image.symbols.size());
  ASSERT_TRUE(build_functions(image));
  ASSERT_EQ(image.functions.size(), 2u * kFiles);
  for (uint32_t i = 0; i < image.functions.size(); i += 2)
    EXPECT_THAT(image.functions[i].fragments, ElementsAre(i + 1));
}

TEST(Fragments, OfRealCompilersAreTiedToTheirParent) {
  const Workshop shop;
  const std::string source = R"(
    void slow(int) __attribute__((cold));
    int g(int);
    int f(int x) { if (x == 7) { slow(1); slow(2); slow(x); } return g(x) + 1; })";
  const ObjectFile gcc = shop.compile("gcc-12 -O2", source);
  EXPECT_EQ(parent_of(gcc, function(gcc, "f.cold")), "f");
  EXPECT_EQ(gcc.sections()[function(gcc, "f.cold").section].name, ".text.unlikely");
  EXPECT_THAT(function(gcc, "f").fragments.size(), 1u);
  EXPECT_EQ(gcc.functions()[function(gcc, "f").fragments[0]].name, "f.cold");

  // Clang's fragments have symbols without a type.
  const ObjectFile clang = shop.compile("clang-19 -O2 -fbasic-block-sections=all", source);
  EXPECT_EQ(parent_of(clang, function(clang, "f.__part.1")), "f");
  EXPECT_EQ(parent_of(clang, function(clang, "f.__part.2")), "f");
}

// Four functions of one name in as many files, each with a cold part.
TEST(Fragments, OfStaticFunctionsBelongToTheFunctionOfTheirFile) {
  const Workshop shop;
  const std::string source = R"(
    void slow(int) __attribute__((cold));
    int g(int);
    LINKAGE __attribute__((noinline)) int f(int x) { if (x == KEY) { slow(1); slow(2); slow(x); } return g(x) + 1; }
    int NAME(int x) { return f(x); })";
  shop.write("input.c", source);
  for (const char* n : {"1", "2", "3"}) {
    shop.run(std::string("gcc-12 -O2 -fno-ipa-icf -c input.c -DLINKAGE=static -DKEY=") + n + " -DNAME=n" + n + " -o " +
             n + ".o");
  }
  shop.run("gcc-12 -O2 -c input.c -DLINKAGE= -DKEY=4 -DNAME=n4 -o 4.o");
  shop.run("ld -r 1.o 2.o 3.o 4.o -o all.o");
  shop.run("gcc-12 -shared -nostdlib all.o -o all.so 2>/dev/null || ld -shared -z notext all.o -o all.so");
  for (const char* file : {"all.o", "all.so"}) {
    const ObjectFile object = shop.load(file);
    // The linker kept the order of the files in both sections, so the n-th fragment belongs to the n-th function.
    std::vector<uint32_t> functions, parents;
    for (uint32_t i = 0; i < object.functions().size(); i++) {
      if (object.functions()[i].name == "f") functions.push_back(i);
      if (object.functions()[i].name == "f.cold") parents.push_back(object.functions()[i].parent);
    }
    EXPECT_EQ(functions.size(), 4u) << file;
    EXPECT_EQ(parents, functions) << file;
  }
}

TEST(Fragments, StayAloneWhereTheParentIsInDoubt) {
  const Workshop shop;
  const std::string source = R"(
    .section .text.a, "ax"
    .type f, @function
    f: ret
    .size f, . - f
    .type g, @function
    g: ret
    .size g, . - g
    .type f.cold, @function
    f.cold: ret
    .size f.cold, . - f.cold
    .type lonely.cold, @function
    lonely.cold: ret
    .size lonely.cold, . - lonely.cold)";
  const ObjectFile certain = shop.assemble("gcc-12", source);
  EXPECT_EQ(parent_of(certain, function(certain, "f.cold")), "f");
  EXPECT_EQ(parent_of(certain, function(certain, "lonely.cold")), "");

  // Two local functions of one name in one file cannot be told apart.
  shop.run("objcopy --redefine-sym g=f output.o");
  const ObjectFile doubtful = shop.load("output.o");
  EXPECT_THAT(names_of(doubtful), ElementsAre("f", "f", "f.cold", "lonely.cold"));
  EXPECT_EQ(parent_of(doubtful, function(doubtful, "f.cold")), "");
}

TEST(Fragments, OfAliasedFunctionsFindTheirParentByAnyName) {
  const Workshop shop;
  const ObjectFile object = shop.assemble("gcc-12", R"(
    .text
    .globl complete
    .type complete, @function
    .type base, @function
    complete:
    base: ret
    .size complete, . - complete
    .size base, . - base
    .section .text.unlikely, "ax"
    .type base.cold, @function
    base.cold: ret
    .size base.cold, . - base.cold)");
  EXPECT_THAT(names_of(object), ElementsAre("complete", "base.cold"));
  EXPECT_EQ(parent_of(object, function(object, "base.cold")), "complete");
}

TEST(Fragments, OfFragmentsBelongToTheRoot) {
  const Workshop shop;
  const ObjectFile object = shop.assemble("gcc-12", R"(
    .macro function name
    .type \name, @function
    \name: ret
    .size \name, . - \name
    .endm
    function f
    function f.__part.1
    function f.__part.1.cold
    function f.part.0
    function f.part.0.cold)");
  EXPECT_EQ(parent_of(object, function(object, "f.__part.1.cold")), "f");
  EXPECT_EQ(parent_of(object, function(object, "f.part.0")), "");
  EXPECT_EQ(parent_of(object, function(object, "f.part.0.cold")), "f.part.0");
  EXPECT_EQ(function(object, "f").fragments.size(), 2u);
}

// Names that lead from X to Y and back must not lead round for ever.
TEST(Fragments, CannotBeTheirOwnAncestors) {
  const Workshop shop;
  const ObjectFile object = shop.assemble("gcc-12", R"(
    .type x, @function
    .type y.cold, @function
    .type y, @function
    .type x.cold, @function
    x:
    y.cold: ret
    .size y.cold, . - y.cold
    y:
    x.cold: ret
    .size x.cold, . - x.cold)");
  EXPECT_THAT(names_of(object), ElementsAre("y.cold", "x.cold"));
  for (const Function& f : object.functions()) EXPECT_EQ(f.parent, kNoIndex);
}

TEST(Functions, WithoutASizeReachToTheNext) {
  const Workshop shop;
  const ObjectFile object = shop.assemble("gcc-12", R"(
    .text
    .globl first, alias
    .type first, @function
    .type alias, @function
    .type second, @function
    .type inner, @function
    .type last, @function
    .type nothing, @function
    first:
    alias: .skip 5
    second: .skip 3
    inner: .skip 4
    .size second, . - second
    last: .skip 9
    not_typed: .skip 2
    nothing:)");
  EXPECT_THAT(names_of(object), ElementsAre("first", "second", "last"));
  EXPECT_EQ(function(object, "first").size, 5u);
  EXPECT_FALSE(function(object, "first").sized);
  EXPECT_EQ(function(object, "second").size, 7u);
  EXPECT_TRUE(function(object, "second").sized);
  EXPECT_EQ(function(object, "last").size, 11u) << "to the end of the section: what has no type is no function";
}

// A function that cannot be called without undefined behaviour may be empty; its address is the next one's.
TEST(Functions, WithoutBytesAreNone) {
  const Workshop shop;
  const std::string source = "void never(void) { __builtin_unreachable(); } int f(int x) { return x; }";
  const ObjectFile clang = shop.compile("clang-19 -O2", source);
  EXPECT_THAT(names_of(clang), ElementsAre("f"));
  EXPECT_TRUE(function(clang, "f").sized);
}

TEST(Functions, NamesOfOnePlaceAreOneFunction) {
  const Workshop shop;
  const ObjectFile object = shop.assemble("gcc-12", R"(
    .text
    .macro named name, linkage
    \linkage \name
    .type \name, @function
    .set \name, start
    .size \name, 1
    .endm
    start: ret
    named a_local, .local
    named b_weak, .weak
    named c_global, .globl
    named d_global, .globl)");
  ASSERT_EQ(object.functions().size(), 1u);
  EXPECT_EQ(object.functions()[0].name, "c_global");
  EXPECT_TRUE(object.functions()[0].global);
}

TEST(Functions, MayStandInOneAnother) {
  const Workshop shop;
  const ObjectFile object = shop.assemble("gcc-12", R"(
    .text
    .macro at name, from, size
    .type \name, @function
    .set \name, start + \from
    .size \name, \size
    .endm
    start: .skip 100
    at outer, 0, 50
    at first, 5, 5
    at second, 20, 10
    at behind, 60, 10)");
  const uint32_t text = function(object, "outer").section;
  auto at = [&](int64_t offset) -> std::string {
    const uint32_t index = object.function_at({text, offset});
    return index == kNoIndex ? "" : object.functions()[index].name;
  };
  EXPECT_EQ(at(0), "outer");
  EXPECT_EQ(at(5), "first");
  EXPECT_EQ(at(10), "outer");
  EXPECT_EQ(at(29), "second");
  EXPECT_EQ(at(30), "outer");
  EXPECT_EQ(at(49), "outer");
  EXPECT_EQ(at(50), "");
  EXPECT_EQ(at(69), "behind");
  EXPECT_EQ(at(70), "");
}

TEST(Functions, MustNotReachBeyondTheirSection) {
  const Workshop shop;
  shop.write("input.s", ".type f,@function\nf: ret\n.size f, 2\n");
  shop.run("gcc-12 -c input.s -o output.o");
  const Result<ObjectFile> object = ObjectFile::load(shop.path("output.o"));
  ASSERT_FALSE(object);
  EXPECT_THAT(object.error().text(), testing::HasSubstr("function f reaches beyond its section .text"));
}

// GNU ld makes hidden functions local and lists them behind the symbols of all files.
TEST(Functions, TheColdPartOfAHiddenFunctionInALinkedFile) {
  const Workshop shop;
  const std::string with_cold =
      "void g(int) __attribute__((cold));\nint f(int a) { if (a == 3) { g(a); g(2); } return a + 1; }\n";
  shop.write("a.c", "#pragma GCC visibility push(hidden)\nint f(int);\n#pragma GCC visibility pop\n" + with_cold +
                        "int use(int a) { return f(a); }\n");
  shop.write("b.c", "int h(int a) { return a; }\n");
  shop.run("gcc-12 -O2 -fPIC -fno-inline -shared a.c b.c -o once.so");
  const ObjectFile once = shop.load("once.so");
  EXPECT_EQ(parent_of(once, function(once, "f.cold")), "f");

  // Where two functions have that name, it does not tell, and the unwind entry does.
  shop.run("objcopy --redefine-sym use=f --redefine-sym h=use once.so twice.so");
  ObjectFile twice = shop.load("twice.so");
  EXPECT_EQ(parent_of(twice, function(twice, "f.cold")), "");
  EXPECT_FALSE(function(twice, "f.cold").mid_frame);
  const CodeExtent extent{test::place_of(function(twice, "f.cold")), function(twice, "f.cold").size, true};
  ASSERT_TRUE(twice.add_described_code(std::span(&extent, 1)));
  EXPECT_TRUE(function(twice, "f.cold").mid_frame);
  EXPECT_FALSE(function(twice, "use").mid_frame);
}

}  // namespace
}  // namespace objhound::oracle
