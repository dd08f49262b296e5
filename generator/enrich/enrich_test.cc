#include "generator/enrich/enrich.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "generator/enrich/source.h"

namespace objhound::generator::enrich {
namespace {

using testing::HasSubstr;

// Small, and everything in it that Csmith writes.
constexpr std::string_view kProgram = R"(#include <stdint.h>
#include <stdio.h>

struct S0 {
   int32_t  f0;
   uint32_t  f1 : 17;
   const int8_t  f2;
};
union U0 {
   int32_t  f0;
   uint16_t  f1;
};

static int32_t g_1 = 3;
static struct S0 g_2 = {1,2,3};
static float g_3 = 0x0.8p+1;
static volatile uint8_t g_4 = 7;
static int32_t *g_5 = &g_1;

static int32_t  func_1(void);
static int32_t  func_6(int8_t  p_7, uint16_t  p_8, int32_t * p_9, float  p_10);
inline static struct S0  func_11(struct S0  p_12, union U0  p_13);
static const int32_t * const  func_14(const uint64_t  p_15);
static int32_t  func_40(int8_t  p_41, uint16_t  p_42, int32_t * p_43, float  p_44);

static int32_t  func_1(void)
{ 
    int32_t l_20[2][3];
    uint8_t l_21[3] = {1,2,3};
    int32_t l_22 = (-7);
    const uint32_t l_23 = 9U;
    int32_t *l_24 = &l_22;
    struct S0 l_25 = {4,5,6};
    union U0 l_26 = {77};
    uint16_t l_27 = 65533U;
    float l_28 = 1.5;
    int i, j;
    for (i = 0; i < 2; i++)
    {
        for (j = 0; j < 3; j++)
            l_20[i][j] = i * 3 + j;
    }
    for (l_22 = 0; (l_22 < 9); l_22 += 1)
    { 
        int16_t l_30 = 2;
        int32_t l_31[2] = {5,6};
        if ((l_22 == 2))
            continue;
        l_30 += (func_6(l_22, l_27++, &l_31[1], g_3) & func_40(3, l_23, l_24, 0.25));
        if ((*l_24 > 5))
        { 
            int64_t l_32 = 3;
            g_1 ^= (l_32 + l_31[1]);
            if (g_4)
                break;
        }
        else
        { 
            for (i = 0; i < 3; i++)
            { 
                if (i == 1)
                    continue;
                l_21[i] += l_30;
                if ((l_20[1][i] > 100))
                    return l_30;
            }
        }
        g_5 = &g_1;
    }
    g_2.f0 = (func_11(l_25, l_26)).f0;
    l_28 = (l_28 + l_27);
    g_3 = l_28;
    (*g_5) = ((*func_14(l_23)) + l_21[0] + l_21[2] + l_20[1][2]);
    return (l_22 + l_27);
}

static int32_t  func_6(int8_t  p_7, uint16_t  p_8, int32_t * p_9, float  p_10)
{ 
    int32_t l_33 = 1;
lbl_34:
    if ((p_7 > 3))
    { 
        (*p_9) = (p_8 + p_10);
        if (l_33)
            goto lbl_35;
    }
    else
    { 
        l_33++;
lbl_35:
        p_7 = 0;
        if ((l_33 < 3))
            goto lbl_34;
    }
    return (*p_9);
}

inline static struct S0  func_11(struct S0  p_12, union U0  p_13)
{ 
    uint32_t l_36 = 5;
    for (l_36 = 0; (l_36 <= 4); ++l_36)
        p_12.f0 += p_13.f1;
    if (p_12.f1)
    { 
        return p_12;
    }
    return g_2;
}

static const int32_t * const  func_14(const uint64_t  p_15)
{ 
    int32_t *l_37 = &g_1;
    if ((p_15 > 100))
    { 
        return &g_2.f0;
    }
    return l_37;
}

static int32_t  func_40(int8_t  p_41, uint16_t  p_42, int32_t * p_43, float  p_44)
{ 
    return ((p_41 + p_42) + ((*p_43) + p_44));
}

int main (int argc, char* argv[])
{
    int result = func_1();
    printf("%d %d %d %d %d\n", result, g_1, g_2.f0, (int)g_3, g_4);
    return 0;
}
)";

std::string with(const Options& options, uint64_t seed, std::string_view program = kProgram) {
  weave::Decisions decisions(seed);
  const auto text = enriched(std::string(program), decisions, options);
  EXPECT_TRUE(text) << text.error();
  return text.value_or("");
}
std::string with_only(What what, uint64_t seed) { return with({100, {}, {what}}, seed); }

class Directory {
 public:
  Directory() {
    std::string name = testing::TempDir() + "objhound-enrich-XXXXXX";
    path_ = mkdtemp(name.data());
  }
  ~Directory() { std::filesystem::remove_all(path_); }
  // What the program prints; the command failed if it is empty.
  std::string run(const std::string& text, const std::string& compile) const {
    std::ofstream(path_ / "p.c") << text;
    const std::string line = fmt::format("cd {} && {} -w p.c -o p && timeout 30 ./p > out", path_.string(), compile);
    if (std::system(line.c_str()) != 0) return "";
    std::ifstream file(path_ / "out");
    return {std::istreambuf_iterator<char>(file), {}};
  }

 private:
  std::filesystem::path path_;
};

TEST(Source, IsReadAsATree) {
  const auto source = Source::read(std::string(kProgram));
  ASSERT_TRUE(source) << source.error();
  ASSERT_EQ(source->functions().size(), 5u);
  const Function& f = source->functions()[0];
  EXPECT_EQ(f.name, "func_1");
  EXPECT_EQ(f.calls.size(), 4u);
  EXPECT_FALSE(f.has_labels);
  // Ten declarations, two loops, five statements.
  ASSERT_EQ(f.body.parts.size(), 17u);
  const Variable& array = f.body.parts[0].variables[0];
  EXPECT_EQ(array.before + array.name + array.after, "int32_t l_20[2][3]");
  EXPECT_TRUE(array.array && !array.initialized);
  EXPECT_TRUE(f.body.parts[2].variables[0].address_taken);
  EXPECT_TRUE(f.body.parts[3].variables[0].constant);
  EXPECT_TRUE(f.body.parts[4].variables[0].pointer);
  EXPECT_EQ(f.body.parts[9].variables.size(), 2u);
  const Statement& loop = f.body.parts[11];
  EXPECT_TRUE(loop.has_return && loop.has_loop && !loop.leaves_by_break && !loop.leaves_by_continue);
  EXPECT_TRUE(loop.parts[0].leaves_by_break && loop.parts[0].leaves_by_continue);
  EXPECT_TRUE(source->functions()[1].has_labels);
  EXPECT_EQ(source->functions()[1].signature, source->functions()[4].signature);
  EXPECT_EQ(source->functions()[3].declared_type, "const int32_t * const");
  EXPECT_EQ(source->functions()[3].returns, "const int32_t *");
}

TEST(Source, WhatCsmithDoesNotWriteIsAnError) {
  for (const char* text : {"", "int x;", "static int f(void) { while (1); }", "static int f(void) { return 1; ",
                           "static int f(void) { int a[, }", "static int f(int", "static int f(void) { for (;;) }",
                           "static int f(void) { if 1; }", "static int f(void) { x = ((1; }", "}", "f(", "\"", "/*"}) {
    EXPECT_FALSE(Source::read(text)) << text;
  }
  const std::string deep = "static int func_1(void) " + std::string(1000, '{') + std::string(1000, '}');
  EXPECT_FALSE(Source::read(deep));
}

// Every prefix is read or refused, and so is every program in which a byte is another.
TEST(Source, HostileTexts) {
  const std::string program(kProgram);
  for (size_t length = 0; length < program.size(); length += 7) (void)Source::read(program.substr(0, length));
  Draw draw(1);
  for (int i = 0; i < 300; ++i) {
    std::string changed = program;
    changed[draw.between(0, changed.size() - 1)] = static_cast<char>(draw.between(1, 126));
    if (!Source::read(changed)) continue;
    weave::Decisions decisions(i);
    (void)enriched(changed, decisions, {100, {}, {}});
  }
}

TEST(Enrich, NothingIsTheSimplestDecision) {
  weave::Decisions zeros(weave::Part{});
  const auto text = enriched(std::string(kProgram), zeros, {});
  ASSERT_TRUE(text);
  EXPECT_EQ(*text, with({0, {}, {}}, 7));
  EXPECT_TRUE(text->find("l_28 = (l_28 + l_27);") != std::string::npos);
}

TEST(Enrich, AProgramIsWrittenAgainFromItsDecisions) {
  for (uint64_t seed = 1; seed <= 30; ++seed) {
    weave::Decisions first(seed);
    const auto text = enriched(std::string(kProgram), first, {});
    ASSERT_TRUE(text) << text.error();
    weave::Decisions again(weave::from_bytes(weave::to_bytes(first.taken())));
    EXPECT_EQ(enriched(std::string(kProgram), again, {}), text) << seed;
  }
}

// Every transformation finds its places in the program, and the program prints what it printed before.
TEST(Enrich, EachTransformationKeepsTheMeaning) {
  const Directory directory;
  const std::string plain = directory.run(std::string(kProgram), "gcc-12 -O0");
  ASSERT_THAT(plain, HasSubstr(" "));
  const std::array<std::string, 4> compilers = {"gcc-12 -O1", "clang-19 -O1", "gcc-12 -O2", "clang-19 -O0"};
  uint64_t seed = 0;
  for (const Transformation& t : transformations()) {
    // Tables of labels only stand in functions that a coin chooses.
    std::string text;
    do {
      text = with_only(t.what, ++seed);
    } while (text.find(fmt::format(" {} ", t.name)) == std::string::npos && seed < 1000);
    ASSERT_LT(seed, 1000u) << t.name;
    const std::string& compiler = compilers[static_cast<size_t>(t.what) % compilers.size()];
    EXPECT_EQ(directory.run(text, compiler), plain) << t.name << ", seed " << seed << ", " << compiler;
  }
}

TEST(Enrich, AllTogetherKeepTheMeaning) {
  const Directory directory;
  const std::string plain = directory.run(std::string(kProgram), "gcc-12 -O0");
  for (uint64_t seed = 1; seed <= 4; ++seed) {
    const std::string text = with({70, {}, {}}, seed);
    for (const char* compiler : {"gcc-12 -O0", "clang-19 -O1 -fsanitize=address,undefined -fno-sanitize-recover=all"})
      EXPECT_EQ(directory.run(text, compiler), plain) << "seed " << seed << ", " << compiler;
  }
}

TEST(Enrich, TheFormsAreThere) {
  const std::pair<What, const char*> forms[] = {
      {What::BranchSwitch, " + enrich_zero)"},
      {What::LoopMachine, "continue; }"},
      {What::LoopUnrolled, "& 3u) {"},
      {What::Outline, "int32_t (*l_20)[2][3]"},
      {What::Nested, "#if IS_GCC && !defined(SANITIZED)"},
      {What::Alloca, "int32_t (*l_20_p)[2][3] = __builtin_alloca"},
      {What::VariableLength, "[enrich_one"},
      {What::InFrame, "struct { char before["},
      {What::Volatile, "float volatile l_28 = 1.5;"},
      {What::Variadic, "p_7 = (int8_t )__builtin_va_arg(list, int);"},
      {What::ByValue, "struct enrich_arguments_func_11 { struct S0 p_12; union U0 p_13; };"},
      {What::Table, "enrich_table_func_6[] = {func_6, func_40};"},
      {What::Alias, "alias(\"func_14\")"},
  };
  for (const auto& [what, form] : forms) {
    std::string all;
    for (uint64_t seed = 1; seed <= 20; ++seed) all += with_only(what, seed);
    EXPECT_TRUE(all.find(form) != std::string::npos) << transformation(what).name;
  }
}

// A goto leads to one label: what holds one is neither copied nor taken out of its function, and nothing in its
// function is in a place that the goto would not make.
TEST(Enrich, FunctionsWithLabelsKeepTheirObjects) {
  for (const What what : {What::Alloca, What::VariableLength, What::Cleanup, What::Copies, What::InFrame}) {
    const std::string text = with_only(what, 3);
    EXPECT_TRUE(text.find("int32_t l_33 = 1;") != std::string::npos) << transformation(what).name;
  }
}

// One that is left out leaves the others as they are.
TEST(Enrich, TransformationsAreLeftOutOneAtATime) {
  const std::string all = with({40, {}, {}}, 5), less = with({40, {4}, {}}, 5);
  const auto lines = [](const std::string& text) {
    std::vector<std::string> found;
    for (size_t at = text.find("//   "); at != std::string::npos; at = text.find("//   ", at + 1))
      found.push_back(text.substr(at, text.find('\n', at) - at));
    return found;
  };
  std::vector<std::string> expected = lines(all);
  ASSERT_GT(expected.size(), 5u);
  expected.erase(expected.begin() + 3);
  EXPECT_EQ(lines(less), expected);
}

}  // namespace
}  // namespace objhound::generator::enrich
