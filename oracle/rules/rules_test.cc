#include "oracle/rules/rules.h"

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>
#include <string>

#include "oracle/rules/contract.h"
#include "oracle/rules/markdown.h"

namespace objhound::oracle {
namespace {

TEST(Rules, NumbersAndSlugsAreUniqueAndInOrder) {
  std::set<std::string_view> slugs;
  int last = 0;
  for (const Rule& rule : all_rules()) {
    EXPECT_GT(static_cast<int>(rule.id), last);
    last = static_cast<int>(rule.id);
    EXPECT_TRUE(slugs.insert(rule.slug).second) << rule.slug;
    EXPECT_FALSE(rule.source.empty()) << rule.slug;
    EXPECT_TRUE(rule.statement.ends_with(".")) << rule.slug;
  }
}

TEST(Rules, AreFoundByNumberAndBySlug) {
  for (const Rule& expected : all_rules()) {
    EXPECT_EQ(find_rule("OH" + std::to_string(static_cast<int>(expected.id))), &expected);
    EXPECT_EQ(find_rule(expected.slug), &expected);
    EXPECT_EQ(&rule(expected.id), &expected);
  }
  EXPECT_EQ(find_rule("OH999"), nullptr);
  EXPECT_EQ(find_rule("OH"), nullptr);
  EXPECT_EQ(find_rule(""), nullptr);
}

// The page is printed, never written: `objhound rules --format markdown > docs/contract.md`. Tests run in the root
// folder.
TEST(Rules, DocsAreWhatTheTableSays) {
  std::ifstream file("docs/contract.md");
  std::stringstream text;
  text << file.rdbuf();
  EXPECT_EQ(text.str(), contract_markdown());
}

class ContractTest : public testing::TestWithParam<const Arch*> {
 protected:
  UnwindPromise unwind(std::string_view flags) { return Contract::from_flags(*GetParam(), flags, "test").unwind; }
};

TEST_P(ContractTest, LaterFlagsWin) {
  EXPECT_EQ(unwind(""), UnwindPromise::Asynchronous);
  EXPECT_EQ(unwind("gcc -O2"), UnwindPromise::Asynchronous);
  EXPECT_EQ(unwind("gcc -fno-asynchronous-unwind-tables"), UnwindPromise::None);
  EXPECT_EQ(unwind("gcc -fno-asynchronous-unwind-tables -funwind-tables"), UnwindPromise::Synchronous);
  EXPECT_EQ(unwind("gcc -fno-asynchronous-unwind-tables -fasynchronous-unwind-tables"), UnwindPromise::Asynchronous);
  EXPECT_EQ(unwind("gcc -fno-unwind-tables"), UnwindPromise::None);
  const Contract contract = Contract::from_flags(*GetParam(), "gcc\t-mred-zone  -mno-red-zone\n-fno-jump-tables", "");
  EXPECT_FALSE(contract.red_zone);
  EXPECT_TRUE(contract.no_jump_tables);
}

// Clang's weak default for -Oz holds where the architecture says so, for Clang only, and gives way to an explicit flag.
TEST_P(ContractTest, MinimalSizeOfClang) {
  const UnwindPromise weak =
      GetParam()->clang_oz_is_synchronous ? UnwindPromise::Synchronous : UnwindPromise::Asynchronous;
  EXPECT_EQ(unwind("clang-19 -Oz"), weak);
  EXPECT_EQ(unwind("clang-19 -Oz -O2"), UnwindPromise::Asynchronous);
  EXPECT_EQ(unwind("clang-19 -O2 -Oz -g"), weak);
  EXPECT_EQ(unwind("gcc-12 -Oz"), UnwindPromise::Asynchronous);
  EXPECT_EQ(unwind("clang-19 -Oz -fasynchronous-unwind-tables"), UnwindPromise::Asynchronous);
}

TEST_P(ContractTest, ClangBeforeItHadAsynchronousTables) {
  const bool always = GetParam()->clang_asynchronous_since == 0;
  const UnwindPromise old = always ? UnwindPromise::Asynchronous : UnwindPromise::Synchronous;
  EXPECT_EQ(unwind("clang-14 -O2"), old);
  EXPECT_EQ(unwind("clang++-14 -O2"), old);
  EXPECT_EQ(unwind("/usr/lib/llvm-14/bin/clang --target=aarch64-linux-gnu -O2"), old);
  EXPECT_EQ(unwind("Debian clang version 14.0.6 /usr/lib/llvm-14/bin/clang -O2"), old);
  for (std::string_view young :
       {"clang-15 -O2", "clang++-19 -O2", "clang -O2", "/usr/lib/llvm-19/bin/clang -O2", "gcc-12 -O2"})
    EXPECT_EQ(unwind(young), UnwindPromise::Asynchronous) << young;
  // Who asks for them by name is promised them.
  EXPECT_EQ(unwind("clang-14 -O2 -fasynchronous-unwind-tables"), UnwindPromise::Asynchronous);
}

INSTANTIATE_TEST_SUITE_P(EveryArch, ContractTest, testing::ValuesIn(all_archs().begin(), all_archs().end()));

}  // namespace
}  // namespace objhound::oracle
