#include "harness/swarm.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "harness/flags/catalogue.h"
#include "harness/versions.h"

namespace objhound::harness {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

Compiler compiler(const std::string& name, const std::string& arch, const std::string& version, bool swarm_only) {
  Compiler result;
  result.config.name = name;
  result.config.path = name;
  result.config.arch = arch;
  result.version = version;
  result.swarm_only = swarm_only;
  return result;
}

class SwarmTest : public ::testing::Test {
 protected:
  SwarmTest() {
    config_.swarm.draws = 2;
    matrix_.compilers = {compiler("gcc-12", "x86-64", "gcc-12 (Debian 12.2.0-14) 12.2.0", false),
                         compiler("clang-19", "arm64", "Debian clang version 19.1.7", false),
                         compiler("tcc", "x86-64", "tcc version 0.9.27", false),
                         compiler("gcc-10", "x86-64", "gcc-10 (Debian 10.2.1-6) 10.2.1", true),
                         compiler("gcc-11", "x86-64", "gcc-11 (Debian 11.3.0-12) 11.3.0", true)};
  }
  std::vector<std::string> compilers_of(uint64_t seed) const {
    const Swarm swarm(config_, matrix_);
    std::vector<std::string> names;
    for (size_t i = 0; i < swarm.draws(); ++i) names.push_back(swarm.draw(seed, i).configuration.record.compiler);
    return names;
  }
  Config config_;
  Matrix matrix_;
};

TEST_F(SwarmTest, OtherVersionsTakeTurns) {
  EXPECT_THAT(compilers_of(4), ElementsAre("gcc-12", "gcc-12", "clang-19", "clang-19", "gcc-10", "gcc-11"));
  EXPECT_THAT(compilers_of(5), ElementsAre("gcc-12", "gcc-12", "clang-19", "clang-19", "gcc-11", "gcc-10"));
  config_.swarm.draws = 0;
  EXPECT_THAT(compilers_of(4), ElementsAre());
}

TEST_F(SwarmTest, DrawsFollowFromSeedNumberAndCatalogueAlone) {
  const Swarm swarm(config_, matrix_), again(config_, matrix_);
  std::set<std::string> names;
  for (uint64_t seed = 0; seed < 50; ++seed)
    for (size_t i = 0; i < swarm.draws(); ++i) {
      const results::ConfigurationRecord record = swarm.draw(seed, i).configuration.record;
      EXPECT_EQ(record.name, again.draw(seed, i).configuration.record.name);
      EXPECT_EQ(record.flag_set, results::kSwarm);
      EXPECT_THAT(record.flags, HasSubstr(record.level));
      names.insert(record.name);
    }
  EXPECT_GT(names.size(), 290u) << "of 300";
  config_.swarm.flags = std::make_shared<const Catalogue>(
      Catalogue::parse(std::string(Catalogue::built_in_text()) + "\n", "other").value());
  EXPECT_NE(Swarm(config_, matrix_).draw(1, 0).configuration.record.name, swarm.draw(1, 0).configuration.record.name);
}

TEST_F(SwarmTest, WhatIsRefusedIsLearntAndRemembered) {
  Swarm swarm(config_, matrix_);
  uint64_t seed = 0;
  while (swarm.draw(seed, 0).units.size() < 3) ++seed;
  const Swarm::Drawn drawn = swarm.draw(seed, 0);
  const std::string bad = drawn.units[1].words.back();
  const auto ask = [&](const std::vector<std::string>& flags) -> std::optional<std::string> {
    if (std::ranges::find(flags, bad) == flags.end()) return {};
    return "unrecognized command-line option";
  };
  const auto learnt = swarm.learn(drawn, ask);
  ASSERT_TRUE(learnt);
  EXPECT_EQ(learnt->version, "gcc-12 (Debian 12.2.0-14) 12.2.0");
  EXPECT_EQ(learnt->arch, "x86-64");
  EXPECT_EQ(learnt->complaint, "unrecognized command-line option");
  const std::string after = swarm.draw(seed, 0).configuration.record.name;
  EXPECT_THAT(after, testing::Not(HasSubstr(bad)));
  EXPECT_EQ(swarm.draw(seed, 0).units.size() + 1, drawn.units.size());
  EXPECT_FALSE(swarm.learn(swarm.draw(seed, 0), ask)) << "it takes the rest";

  Swarm next_run(config_, matrix_);
  next_run.remember({*learnt});
  EXPECT_EQ(next_run.draw(seed, 0).configuration.record.name, after);
}

TEST_F(SwarmTest, CarefulDrawsHaveNoFlagThatRefusesPrograms) {
  config_.swarm.flags = std::make_shared<const Catalogue>(
      Catalogue::parse("[[gcc]]\nflags = [\"-O2\"]\nshapes = \"level\"\nslot = \"level\"\n"
                       "[[gcc]]\nflags = [\"-mgeneral-regs-only\"]\nshapes = \"x\"\nrefuses = \"floating point\"\n",
                       "x")
          .value());
  const Swarm swarm(config_, matrix_);
  EXPECT_EQ(swarm.draw(1, 0).configuration.record.name, "gcc-12 -O2 -mgeneral-regs-only");
  EXPECT_TRUE(swarm.draw(1, 0).daring);
  EXPECT_EQ(swarm.draw(1, 0, /*careful=*/true).configuration.record.name, "gcc-12 -O2");
  EXPECT_FALSE(swarm.draw(1, 0, /*careful=*/true).daring);
}

TEST_F(SwarmTest, OtherVersionsAreFoundBesideTheConfiguredOnes) {
  std::string name = ::testing::TempDir() + "versions-test-XXXXXX";
  const std::string folder = mkdtemp(name.data());
  for (const char* file :
       {"gcc-9", "gcc-11", "gcc-12", "clang-14", "clang-19", "clang-99", "gcc-ar-11", "gcc-x", "gcc"}) {
    std::ofstream(folder + "/" + file) << "#!/bin/sh\n";
    fs::permissions(folder + "/" + file, fs::perms::owner_all);
  }
  std::ofstream(folder + "/clang-15") << "not executable\n";
  const auto found = [&](const std::string& path) {
    std::vector<std::string> names;
    for (const CompilerConfig& other : other_versions(default_config(), path)) names.push_back(other.name);
    return names;
  };
  EXPECT_THAT(found("/nowhere:" + folder + ":"), UnorderedElementsAre("gcc-11", "clang-14", "clang-14-arm64"));
  EXPECT_THAT(found(""), ElementsAre());
  Config config = default_config();
  config.compilers.erase(config.compilers.begin() + 1, config.compilers.end());
  config.compilers[0].path = folder + "/gcc-12";
  const std::vector<CompilerConfig> others = other_versions(config, "");
  ASSERT_EQ(others.size(), 1u);
  EXPECT_EQ(others[0].path, folder + "/gcc-11");
  EXPECT_EQ(others[0].arch, "x86-64");
  fs::remove_all(folder);
}

}  // namespace
}  // namespace objhound::harness
