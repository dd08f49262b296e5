// The catalogue that is built in says what is so: its contract words are what the oracle reads, and the compilers that
// are installed take its flags.

#include "harness/flags/catalogue.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <set>

#include "generator/words.h"
#include "harness/compile.h"
#include "harness/flags/acceptance.h"
#include "oracle/arch.h"
#include "oracle/rules/contract.h"

namespace objhound::harness {
namespace {

using oracle::Contract;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::string_view kSmall = R"(
[written-for.gcc]
versions = "11..12"
[[gcc]]
flags = ["-O{0,2}"]
shapes = "the level"
slot = "level"
[[gcc]]
flags = ["-fPIC", "-fno-pic"]
shapes = "how"
slot = "pic"
[[gcc]]
flags = ["-mcmodel=large"]
shapes = "distances"
needs = ["-fno-pic"]
excludes = ["-fstack-"]
arch = ["x86-64"]
versions = "12.."
[[gcc]]
flags = ["-f[no-]plt", "-fstack-protector", "--param=a={1..2}", "--param=b={1..2}"]
shapes = "else"
)";

Unit unit_of(const Catalogue& catalogue, size_t table, std::string_view flag) {
  return Catalogue::unit(catalogue.tables().at(table), flag);
}

TEST(Catalogue, WhatContradictsDoesNotAgree) {
  const Catalogue catalogue = Catalogue::parse(kSmall, "x").value();
  const auto agree = [&](size_t a, std::string_view x, size_t b, std::string_view y) {
    const bool one = catalogue.agree(unit_of(catalogue, a, x), unit_of(catalogue, b, y));
    EXPECT_EQ(one, catalogue.agree(unit_of(catalogue, b, y), unit_of(catalogue, a, x)));
    return one;
  };
  EXPECT_FALSE(agree(0, "-O0", 0, "-O2"));
  EXPECT_FALSE(agree(3, "-fplt", 3, "-fno-plt"));
  EXPECT_FALSE(agree(3, "--param=a=1", 3, "--param=a=2"));
  EXPECT_TRUE(agree(3, "--param=a=1", 3, "--param=b=2"));
  EXPECT_FALSE(agree(2, "-mcmodel=large", 1, "-fPIC")) << "it needs the contrary";
  EXPECT_FALSE(agree(2, "-mcmodel=large", 3, "-fstack-protector"));
  EXPECT_TRUE(agree(2, "-mcmodel=large", 3, "-fno-plt"));
  EXPECT_EQ(unit_of(catalogue, 2, "-mcmodel=large").text(), "-fno-pic -mcmodel=large");
}

TEST(Catalogue, IsForFamilyVersionAndArchitecture) {
  const Catalogue catalogue = Catalogue::parse(kSmall, "x").value();
  const FlagTable& large = catalogue.tables().at(2);
  EXPECT_TRUE(large.is_for({Family::Gcc, 12, "x86-64"}));
  EXPECT_FALSE(large.is_for({Family::Gcc, 11, "x86-64"}));
  EXPECT_FALSE(large.is_for({Family::Gcc, 12, "arm64"}));
  EXPECT_FALSE(large.is_for({Family::Clang, 12, "x86-64"}));
  EXPECT_EQ(catalogue.versions(Family::Gcc), std::pair(11u, 12u));
}

TEST(Catalogue, ErrorsNameTheLine) {
  const auto error = [](const std::string& text) {
    const auto catalogue = Catalogue::parse(text, "x.toml");
    return catalogue ? "" : catalogue.error();
  };
  EXPECT_THAT(error("[[gcc]]\nshapes = \"a\"\n"), HasSubstr("x.toml:1: 'flags' is missing"));
  EXPECT_THAT(error("[[gcc]]\nflags = [\"-a\"]\n"), HasSubstr("'shapes' is missing"));
  EXPECT_THAT(error("[[gcc]]\nflags = [\"-a{\"]\nshapes = \"a\"\n"), HasSubstr("x.toml:2: flag '-a{'"));
  EXPECT_THAT(error("[[gcc]]\nflags = [\"-a\"]\nshapes = \"a\"\nversions = \"12\"\n"), HasSubstr("x.toml:4: versions"));
  EXPECT_THAT(error("[[gcc]]\nflags = [\"-a\"]\nshapes = \"a\"\ncontract = [\"unwinds\"]\n"),
              HasSubstr("did you mean 'unwind'"));
  EXPECT_THAT(error("[[gcc]]\nflags = [\"-a\"]\nshapes = \"a\"\nneed = []\n"), HasSubstr("did you mean 'needs'"));
  EXPECT_THAT(error("[[icc]]\nflags = [\"-a\"]\n"), HasSubstr("unknown key 'icc'"));
}

TEST(Catalogue, KnowsCompilersByTheirFirstLine) {
  const auto gcc = kind_of("aarch64-linux-gnu-gcc-12 (Debian 12.2.0-14+deb12u1) 12.2.0", "arm64");
  ASSERT_TRUE(gcc);
  EXPECT_EQ(gcc->family, Family::Gcc);
  EXPECT_EQ(gcc->version, 12u);
  const auto clang = kind_of("Debian clang version 19.1.7 (3~deb12u1)", "x86-64");
  ASSERT_TRUE(clang);
  EXPECT_EQ(clang->family, Family::Clang);
  EXPECT_EQ(clang->version, 19u);
  EXPECT_FALSE(kind_of("tcc version 0.9.27 (x86_64 Linux)", "x86-64"));
  EXPECT_FALSE(kind_of("", "x86-64"));
}

// The words of kContractWords for what differs between two contracts.
std::set<std::string> differences(const Contract& a, const Contract& b) {
  std::set<std::string> words;
  if (a.unwind != b.unwind) words.insert("unwind");
  if (a.red_zone != b.red_zone || a.red_zone_bytes != b.red_zone_bytes) words.insert("red-zone");
  if (a.no_jump_tables != b.no_jump_tables) words.insert("jump-tables");
  if (a.keep_frame_pointer != b.keep_frame_pointer) words.insert("frame-pointer");
  if (a.entry_hook != b.entry_hook) words.insert("entry-hook");
  if (a.optimized != b.optimized) words.insert("optimized");
  if (a.aligned_stack != b.aligned_stack) words.insert("stack-alignment");
  if (a.call_used != b.call_used || a.call_saved != b.call_saved) words.insert("callee-saved");
  return words;
}

// What an entry claims is what Contract reads from its flags on some architecture that it is for, and nothing more.
TEST(Catalogue, ContractReadsWhatEntriesClaim) {
  for (const FlagTable& table : Catalogue::built_in().tables()) {
    const std::string compiler = fmt::format("{}-{}", to_text(table.family), table.family == Family::Gcc ? 12 : 19);
    std::set<std::string> read;
    std::string all;
    for (const oracle::Arch* arch : oracle::all_archs()) {
      if (!table.archs.empty() && std::ranges::find(table.archs, arch->name) == table.archs.end()) continue;
      for (const Pattern& pattern : table.flags)
        for (const std::string& sample : pattern.samples()) {
          const std::string flags = generator::join_words(Catalogue::unit(table, sample).words);
          read.merge(differences(Contract::from_flags(*arch, compiler, ""),
                                 Contract::from_flags(*arch, compiler + " " + flags, "")));
          all += " " + sample;
        }
    }
    EXPECT_EQ(read, std::set<std::string>(table.contract.begin(), table.contract.end())) << all;
  }
}

// Every flag of the catalogue that is for a compiler which is installed is taken by it, without a warning that it has
// no effect. What is for none of them (Clang 15 alone, say) cannot be asked; then the test says so.
TEST(Catalogue, InstalledCompilersTakeItsFlags) {
  Config config = default_config();
  config.swarm.draws = 1;  // the other versions too
  ProcessRunner runner;
  const auto work = WorkDir::create_in(::testing::TempDir()).value();
  const Matrix matrix = probe(config, runner, *work);
  const Catalogue& catalogue = Catalogue::built_in();
  std::vector<std::future<std::map<std::string, std::string>>> answers;
  std::vector<CompilerKind> kinds;
  for (size_t i = 0; i < matrix.compilers.size(); ++i) {
    const Compiler& compiler = matrix.compilers[i];
    kinds.push_back(kind_of(compiler.version, compiler.config.arch).value());
    answers.push_back(std::async(std::launch::async, [&, i, kind = kinds.back()] {
      CompilerDriver driver(config, runner, *work, static_cast<unsigned>(i));
      return refused_flags(catalogue, kind, [&](const std::vector<std::string>& flags) -> std::optional<std::string> {
        const Diagnosis answer = driver.try_flags(matrix.compilers[i], flags, /*strict=*/true).diagnosis;
        if (answer.outcome == results::Outcome::Ok) return {};
        return answer.detail;
      });
    }));
  }
  for (size_t i = 0; i < answers.size(); ++i)
    EXPECT_THAT(answers[i].get(), IsEmpty()) << matrix.compilers[i].config.name;
  for (const FlagTable& table : catalogue.tables())
    if (std::ranges::none_of(kinds, [&](const CompilerKind& kind) { return table.is_for(kind); }))
      fmt::print("not asked, no such compiler is installed: {} ({})\n", table.flags.front().text(), table.shapes);
}

}  // namespace
}  // namespace objhound::harness
