#include "harness/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace objhound::harness {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr std::string_view kSmall = R"(
generator = "replay: corpus"
time = "1h30m"
[flag-sets]
tables = ["-fno-jump-tables"]
[[compiler]]
name = "gcc"
arch = "x86-64"
levels = ["-O2"]
flag-sets = ["tables", "default"]
)";

TEST(Config, BuiltInDefaultIsWhole) {
  const Config config = default_config();
  EXPECT_EQ(config.generator, "csmith");
  EXPECT_EQ(config.compilers.size(), 4u);
  for (const CompilerConfig& compiler : config.compilers) {
    EXPECT_EQ(compiler.levels.size(), 6u) << compiler.name;
    EXPECT_EQ(compiler.flag_sets.front(), "default");
    EXPECT_GT(compiler.flag_sets.size(), 1u);
  }
  EXPECT_GT(config.seconds, 0);
  EXPECT_LE(config.seconds, 180);
}

TEST(Config, ReadsAll) {
  auto config = parse_config(kSmall, "x.toml");
  ASSERT_TRUE(config) << config.error();
  EXPECT_EQ(config->generator, "replay: corpus");
  EXPECT_EQ(config->seconds, 5400);
  EXPECT_TRUE(config->rotate);
  const CompilerConfig& compiler = config->compilers.at(0);
  EXPECT_EQ(compiler.path, "gcc");
  EXPECT_THAT(compiler.flag_sets, ElementsAre("default", "tables"));
}

TEST(Config, CanonicalTextReadsBackToItself) {
  for (const Config& config : {default_config(), *parse_config(kSmall, "x.toml")}) {
    auto again = parse_config(to_toml(config), "again.toml");
    ASSERT_TRUE(again) << again.error();
    EXPECT_EQ(to_toml(*again), to_toml(config));
    EXPECT_EQ(again->compilers.size(), config.compilers.size());
  }
}

TEST(Config, WhatDoesNotChangeTheWorkIsNotInTheCanonicalText) {
  Config config = default_config();
  const std::string before = to_toml(config);
  config.jobs = 7;
  config.seconds = 1;
  EXPECT_EQ(to_toml(config), before);
  config.compilers[0].levels.pop_back();
  EXPECT_NE(to_toml(config), before);
}

TEST(Config, ErrorsNameTheLineAndTheNearestName) {
  const std::string compiler = "[[compiler]]\nname = \"gcc\"\narch = \"x86-64\"\nlevels = [\"-O2\"]\n";
  const std::pair<std::string, const char*> cases[] = {
      {"generatr = \"csmith\"\n" + compiler, "f.toml:1: unknown key 'generatr' (did you mean 'generator'?)"},
      {compiler + "level = [\"-O2\"]\n", "f.toml:5: unknown key 'level' (did you mean 'levels'?)"},
      {"[limits]\ncompile-cup = \"3s\"\n" + compiler,
       "f.toml:2: unknown key 'compile-cup' (did you mean 'compile-cpu'?)"},
      {"frobnicate = 1\n" + compiler, "f.toml:1: unknown key 'frobnicate' (there are: generator, time, jobs"},
      {"jobs = -1\n" + compiler, "f.toml:1: 'jobs' must be a number"},
      {"jobs = \"4\"\n" + compiler, "f.toml:1: 'jobs' must be a number"},
      {"time = \"soon\"\n" + compiler, "f.toml:1: 'time': 'soon' is no duration"},
      {"time = 3\n" + compiler, "f.toml:1: 'time' must be a string"},
      {"other-flag-sets = \"rotated\"\n" + compiler,
       "f.toml:1: other-flag-sets = 'rotated' is no choice (did you mean 'rotate'?)"},
      {"limits = 3\n" + compiler, "f.toml:1: 'limits' must be a table"},
      {"[limits]\ncompile-memory = \"lots\"\n" + compiler, "f.toml:2: 'compile-memory': 'lots' is no size"},
      {"[[compiler]]\nname = \"gcc\"\nlevels = [\"-O2\"]\n", "f.toml:1: 'arch' is missing"},
      {"[[compiler]]\nname = \"gcc\"\narch = \"x86-64\"\n", "f.toml:1: 'levels' is missing or empty"},
      {"[[compiler]]\nname = \"gcc\"\narch = \"x86-64\"\nlevels = \"-O2\"\n",
       "f.toml:4: 'levels' must be a list of strings"},
      {"[[compiler]]\nname = \"gcc\"\narch = \"x86-64\"\nlevels = [2]\n", "f.toml:4: 'levels' must be a string"},
      {compiler + "flag-sets = [\"red\"]\n", "unknown flag set 'red' (there are: default)"},
      {compiler + compiler, "f.toml:5: there are two compilers called 'gcc'"},
      {"", "f.toml:1: there is no compiler"},
      {"compiler = []", "f.toml:1: there is no compiler"},
      {"compiler = [1]", "f.toml:1: 'compiler' must be a list of tables"},
      {"a = \n", "f.toml:1: "},
      {"a = \"\xff\"\n", "f.toml:1: "},
  };
  for (const auto& [text, complaint] : cases) {
    auto config = parse_config(text, "f.toml");
    ASSERT_FALSE(config) << text;
    EXPECT_THAT(config.error(), HasSubstr(complaint));
  }
  EXPECT_THAT(load_config("/no/such.toml").error(), HasSubstr("/no/such.toml: cannot be read: No such file"));
}

TEST(Config, Durations) {
  EXPECT_EQ(parse_duration("90"), 90);
  EXPECT_EQ(parse_duration("2.5s"), 2.5);
  EXPECT_EQ(parse_duration("3m"), 180);
  EXPECT_EQ(parse_duration("1h30m"), 5400);
  EXPECT_EQ(parse_duration("1d"), 86400);
  for (const char* wrong : {"", "m", "-3s", "0s", "3 m", "3x", "nan", "inf", "99999999999", "1e5"})
    EXPECT_FALSE(parse_duration(wrong)) << wrong;
}

TEST(Config, Sizes) {
  EXPECT_EQ(parse_bytes("512M"), 512u << 20);
  EXPECT_EQ(parse_bytes("4G"), uint64_t{4} << 30);
  EXPECT_EQ(parse_bytes("123"), 123u);
  EXPECT_EQ(parse_bytes("unlimited"), 0u);
  Config config = default_config();
  config.compile_memory_bytes = 0;
  EXPECT_EQ(parse_config(to_toml(config), "again")->compile_memory_bytes, 0u);
  for (const char* wrong : {"", "G", "-1", "0", "4GB", "9999999T"}) EXPECT_FALSE(parse_bytes(wrong)) << wrong;
}

}  // namespace
}  // namespace objhound::harness
