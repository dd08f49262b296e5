// Campaigns with real generators, compilers and a real database. The check is a counter where the oracle's own verdict
// is not the point.

#include "harness/campaign.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "harness/flags/catalogue.h"
#include "harness/generate.h"
#include "harness/judge.h"
#include "harness/swarm.h"

namespace objhound::harness {
namespace {

namespace fs = std::filesystem;
using results::Outcome;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

constexpr std::string_view kConfig = R"(
[flag-sets]
frame-pointer = ["-fno-omit-frame-pointer"]
no-jump-tables = ["-fno-jump-tables"]
[[compiler]]
name = "gcc-12"
arch = "x86-64"
levels = ["-O0", "-O2"]
flag-sets = ["default", "frame-pointer", "no-jump-tables"]
[[compiler]]
name = "clang-19-arm64"
path = "clang-19"
arch = "arm64"
flags = ["--target=aarch64-linux-gnu"]
levels = ["-O1"]
)";
constexpr size_t kCompilationsPerProgram = 5;

class CampaignTest : public ::testing::Test {
 protected:
  CampaignTest() {
    std::string name = ::testing::TempDir() + "campaign-test-XXXXXX";
    base_ = mkdtemp(name.data());
    generator_ = "replay: " + base_ + "/programs";
    fs::create_directories(base_ + "/programs");
    for (int i = 0; i < 6; ++i)
      write(i, "int f" + std::to_string(i) + "(int x) { return x * " + std::to_string(i) + "; }\n");
  }
  ~CampaignTest() override {
    work_.reset();
    fs::remove_all(base_);
  }

  void write(int number, const std::string& text) const {
    std::ofstream(base_ + "/programs/" + std::to_string(number) + ".c") << text;
  }
  std::string database() const { return base_ + "/test.db"; }

  // Counts what it is given; one for all workers.
  MakeCheck counter() {
    return [this] {
      return [this](const std::string& object, const Configuration&, results::CompilationRecord& record) {
        EXPECT_THAT(object, StartsWith("\x7f"
                                       "ELF"));
        record.functions = record.proved = 1;
        const int so_far = ++checked_;
        if (stop_after_ != 0 && so_far == stop_after_) campaign_->stop();
      };
    };
  }

  // A run of its own, as a new process would do it.
  CampaignEnd run(CampaignPlan plan, const MakeCheck& check) {
    ProcessRunner runner;
    const Matrix matrix = probe(config_, runner, *work_);
    EXPECT_THAT(matrix.notes, IsEmpty());
    auto generator = generator::make_generator(generator_, command_runner(runner, *work_, 0)).value();
    auto store = results::Store::open(database()).value();
    campaign_ = std::make_unique<Campaign>(config_, matrix, *generator, store, runner, *work_, check);
    CampaignEnd end = campaign_->run(plan, [](const Progress&) {});
    campaign_.reset();
    return end;
  }
  CampaignEnd run(uint64_t first, uint64_t last) {
    CampaignPlan plan;
    plan.first_seed = first;
    plan.last_seed = last;
    plan.jobs = 3;
    return run(plan, counter());
  }
  results::Store reopened() { return results::Store::open_read_only(database()).value(); }

  std::string base_;
  Config config_ = parse_config(kConfig, "test").value();
  std::string generator_;
  std::unique_ptr<WorkDir> work_ = WorkDir::create_in(::testing::TempDir()).value();
  std::unique_ptr<Campaign> campaign_;
  std::atomic<int> checked_ = 0;
  int stop_after_ = 0;
};

TEST_F(CampaignTest, CompilesEveryProgramEveryWay) {
  const CampaignEnd end = run(0, 5);
  EXPECT_EQ(end.error, "");
  EXPECT_TRUE(end.complete);
  EXPECT_EQ(end.progress.compilations, 6 * kCompilationsPerProgram);
  EXPECT_EQ(end.progress.expected, 6 * kCompilationsPerProgram);
  EXPECT_EQ(checked_, static_cast<int>(6 * kCompilationsPerProgram));

  const results::Store store = reopened();
  EXPECT_EQ(store.done(end.id)->size(), 6 * kCompilationsPerProgram);
  const auto campaigns = store.campaigns().value();
  ASSERT_EQ(campaigns.size(), 1u);
  EXPECT_NE(campaigns[0].finished, "");
  EXPECT_EQ(campaigns[0].programs, 6u);
  uint64_t ok = 0;
  const std::vector<results::MatrixCell> cells = store.matrix(end.id).value();
  for (const results::MatrixCell& cell : cells) {
    ok += cell.ok;
    EXPECT_GT(cell.compile_seconds, 0);
  }
  EXPECT_EQ(ok, 6 * kCompilationsPerProgram);
  EXPECT_TRUE(fs::is_empty(work_->root() + "/programs")) << "finished programs were left";
}

TEST_F(CampaignTest, StoppedCampaignGoesOnAndRepeatsNothing) {
  stop_after_ = 7;
  const CampaignEnd first = run(0, 5);
  EXPECT_FALSE(first.complete);
  EXPECT_LT(first.progress.compilations, 6 * kCompilationsPerProgram);
  EXPECT_EQ(reopened().done(first.id)->size(), first.progress.compilations);

  stop_after_ = 0;
  checked_ = 0;
  const CampaignEnd second = run(0, 5);
  EXPECT_TRUE(second.complete);
  EXPECT_EQ(second.id, first.id);
  EXPECT_EQ(second.progress.earlier, first.progress.compilations);
  EXPECT_EQ(second.progress.earlier + second.progress.compilations, 6 * kCompilationsPerProgram);
  EXPECT_EQ(checked_, static_cast<int>(second.progress.compilations));
}

TEST_F(CampaignTest, ShardsShareTheSeeds) {
  CampaignPlan plan;
  plan.first_seed = 0;
  plan.last_seed = 5;
  plan.shards = 4;
  std::set<std::pair<uint64_t, int64_t>> seen;
  size_t in_all = 0;
  for (plan.shard = 0; plan.shard < plan.shards; ++plan.shard) {
    fs::remove(database());
    const CampaignEnd end = run(plan, counter());
    const auto done = reopened().done(end.id).value();
    EXPECT_EQ(done.size(), end.progress.expected);
    in_all += done.size();
    seen.insert(done.begin(), done.end());
  }
  EXPECT_EQ(in_all, 6 * kCompilationsPerProgram);
  EXPECT_EQ(seen.size(), in_all);
}

TEST_F(CampaignTest, TimeEndsIt) {
  CampaignPlan plan;
  plan.first_seed = 1;
  plan.seconds = 1;
  plan.jobs = 2;
  generator_ = "cmd: echo int s{seed}';'";
  const CampaignEnd end = run(plan, counter());
  EXPECT_TRUE(end.complete);
  EXPECT_GT(end.progress.compilations, 0u);
  EXPECT_LT(end.progress.seconds, 5);

  // The next campaign goes on where this one ended.
  const auto next = next_first_seed(reopened(), "cmd: echo int s{seed}';'", to_toml(config_));
  EXPECT_EQ(*next, reopened().done(end.id)->rbegin()->first + 1);
  EXPECT_EQ(*next_first_seed(reopened(), "csmith", to_toml(config_)), 1u);
}

TEST_F(CampaignTest, OutcomesAreToldApart) {
  write(0, "int f(void) { return undeclared; }\n");
  write(1, "#include \"missing.h\"\n");
  const CampaignEnd end = run(0, 2);
  EXPECT_EQ(end.progress.rejected, 2 * kCompilationsPerProgram);
  const auto failures = reopened().failures(end.id).value();
  ASSERT_FALSE(failures.empty());
  for (const auto& failure : failures) EXPECT_EQ(failure.outcome, Outcome::Rejected);
}

TEST_F(CampaignTest, ASeedWithoutAProgramIsRememberedAndNotTriedAgain) {
  generator_ = "cmd: sh -c 'test {seed} != 2 && echo int s\\;'";
  stop_after_ = 2 * static_cast<int>(kCompilationsPerProgram) - 1;
  const CampaignEnd first = run(1, 3);
  EXPECT_EQ(first.progress.failed_programs, 1u);
  stop_after_ = 0;
  const CampaignEnd second = run(1, 3);
  EXPECT_TRUE(second.complete);
  EXPECT_EQ(second.progress.failed_programs, 0u);
  EXPECT_EQ(second.progress.earlier + second.progress.compilations, 2 * kCompilationsPerProgram);
  EXPECT_EQ(reopened().failed_seeds(first.id)->count(2), 1u);
}

TEST_F(CampaignTest, AnExceptionInTheCheckIsOurs) {
  CampaignPlan plan;
  plan.first_seed = plan.last_seed.emplace(0);
  const CampaignEnd end = run(plan, [] {
    return [](const std::string&, const Configuration&, results::CompilationRecord&) -> void {
      throw std::runtime_error("no such luck");
    };
  });
  EXPECT_TRUE(end.complete);
  EXPECT_EQ(end.progress.our_failures, kCompilationsPerProgram);
  EXPECT_EQ(end.progress.violations, 0u);
}

TEST_F(CampaignTest, AMachineThatCannotCompileEndsItWithAnError) {
  // The compiler answers the probe and is gone when the campaign begins.
  const std::string compiler = base_ + "/vanishing-cc";
  fs::create_symlink("/usr/bin/gcc-12", compiler);
  config_ =
      parse_config("[[compiler]]\nname = \"v\"\npath = \"" + compiler + "\"\narch = \"x86-64\"\nlevels = [\"-O0\"]\n",
                   "test")
          .value();
  generator_ = "cmd: echo int s{seed}';'";
  CampaignPlan plan;
  plan.last_seed = 100000;
  plan.jobs = 2;
  const CampaignEnd end = run(plan, [&] {
    fs::remove(compiler);
    return counter()();
  });
  EXPECT_FALSE(end.complete);
  EXPECT_THAT(end.error, HasSubstr("compilations in a row failed on this machine"));
  EXPECT_THAT(end.error, HasSubstr("vanishing-cc cannot be started"));
  EXPECT_LT(end.progress.compilations, 100u);
}

TEST_F(CampaignTest, TheOracleJudgesWhatCsmithWrote) {
  generator_ = "csmith";
  CampaignPlan plan;
  plan.first_seed = 1;
  plan.last_seed = 2;
  plan.jobs = 2;
  const CampaignEnd end = run(plan, oracle_check());
  EXPECT_EQ(end.progress.compilations, 2 * kCompilationsPerProgram);
  EXPECT_EQ(end.progress.our_failures, 0u);
  uint64_t functions = 0, judged = 0;
  const std::vector<results::MatrixCell> cells = reopened().matrix(end.id).value();
  for (const results::MatrixCell& cell : cells) {
    functions += cell.functions;
    judged += cell.proved + cell.unproved + cell.violating;
    EXPECT_GT(cell.instructions, 0u) << cell.compiler << cell.level;
  }
  EXPECT_GT(functions, 0u);
  EXPECT_EQ(judged, functions);
}

// The matrix.

TEST_F(CampaignTest, MatrixLeavesOutWhatDoesNotWorkAndSaysSo) {
  ProcessRunner runner;
  const Config config = parse_config(R"(
[flag-sets]
red = ["-mno-red-zone"]
bogus = ["-fno-such-flag"]
[[compiler]]
name = "gcc-12"
arch = "x86-64"
levels = ["-O2", "-O17x"]
flag-sets = ["default", "red", "bogus"]
[[compiler]]
name = "missing"
path = "gcc-that-nobody-has"
arch = "x86-64"
levels = ["-O2"]
[[compiler]]
name = "wrong"
path = "clang-19"
arch = "arm64"
levels = ["-O2"]
[[compiler]]
name = "nobody"
path = "clang-19"
arch = "vax"
levels = ["-O2"]
[[compiler]]
name = "cat"
arch = "x86-64"
levels = ["-O2"]
)",
                                     "test")
                            .value();
  const Matrix matrix = probe(config, runner, *work_);
  ASSERT_EQ(matrix.compilers.size(), 1u);
  EXPECT_THAT(matrix.compilers[0].version, HasSubstr("gcc-12"));
  ASSERT_EQ(matrix.configurations.size(), 2u);
  EXPECT_EQ(matrix.configurations[1].record.name, "gcc-12 -O2 +red");
  EXPECT_EQ(matrix.configurations[1].record.flags, "-O2 -mno-red-zone -w");
  const std::string notes = fmt::format("{}", fmt::join(matrix.notes, "\n"));
  EXPECT_THAT(notes, HasSubstr("gcc-12: -O17x left out: "));
  EXPECT_THAT(notes, HasSubstr("gcc-12: flag set bogus left out: "));
  EXPECT_THAT(notes, HasSubstr("missing: skipped: gcc-that-nobody-has cannot be started: No such file"));
  EXPECT_THAT(notes, HasSubstr("wrong: skipped: its objects are x86-64, not arm64 as configured"));
  EXPECT_THAT(notes, HasSubstr("nobody: skipped: architecture 'vax' is unknown (there are: x86-64, arm64)"));
  EXPECT_THAT(notes, HasSubstr("cat: skipped: it does not compile a line"));
}

TEST_F(CampaignTest, RotationMeetsEverySetAtEveryLevel) {
  ProcessRunner runner;
  Matrix matrix = probe(config_, runner, *work_);
  ASSERT_EQ(matrix.configurations.size(), 7u);
  std::set<size_t> met;
  for (uint64_t seed = 0; seed < 2; ++seed) {
    const std::vector<size_t> chosen = matrix.for_seed(seed);
    EXPECT_EQ(chosen.size(), kCompilationsPerProgram);
    met.insert(chosen.begin(), chosen.end());
  }
  EXPECT_EQ(met.size(), 7u);
  matrix.rotate = false;
  EXPECT_EQ(matrix.for_seed(0).size(), 7u);
}

// A catalogue with a flag that no compiler takes, one that refuses floating point, and some that are good.
constexpr std::string_view kFlags = R"(
[written-for.gcc]
versions = "12..12"
[[gcc]]
flags = ["-O{1,2}"]
shapes = "the level"
slot = "level"
[[gcc]]
flags = ["-fbogus", "-fno-plt", "-fno-ivopts", "-fno-gcse", "-fno-tree-pre"]
shapes = "passes"
[[gcc]]
flags = ["-mgeneral-regs-only"]
shapes = "registers"
refuses = "floating point"
)";

// What a killed campaign has drawn and learnt is there when it goes on: nothing is done twice, nothing is left out, and
// what the compiler refuses is neither recorded nor tried again.
TEST_F(CampaignTest, DrawsGoOnWhereTheyWere) {
  write(0, "double f(double x) { return x * 3; }\n");  // refused by -mgeneral-regs-only
  config_.swarm.draws = 8;
  config_.swarm.versions = false;
  config_.swarm.flags = std::make_shared<const Catalogue>(Catalogue::parse(kFlags, "x").value());
  stop_after_ = 30;
  CampaignEnd end = run(0, 5);
  EXPECT_FALSE(end.complete);
  stop_after_ = 0;
  const size_t before = checked_;
  end = run(0, 5);
  EXPECT_EQ(end.error, "");
  EXPECT_TRUE(end.complete);
  EXPECT_EQ(end.progress.rejected, 0u);
  EXPECT_GE(end.progress.earlier, before - 3) << "but for those that were under way";

  const results::Store store = reopened();
  EXPECT_EQ(store.campaigns().value().size(), 1u);
  const std::vector<results::RefusedFlags> learnt = store.refused_flags().value();
  std::set<std::string> refused;
  for (const results::RefusedFlags& entry : learnt) refused.insert(entry.units);
  EXPECT_THAT(refused, ::testing::ElementsAre("-fbogus"));
  // The same draws at once, in one go.
  const std::set<std::pair<uint64_t, int64_t>> done = store.done(end.id).value();
  const std::vector<results::ConfigurationRecord> used = store.configurations(end.id).value();
  std::map<int64_t, std::string> names;
  for (const results::ConfigurationRecord& record : used)
    if (record.flag_set == results::kSwarm) names[record.id] = record.name;
  std::set<std::pair<uint64_t, std::string>> drawn, expected;
  for (const auto& [seed, configuration] : done)
    if (names.contains(configuration)) drawn.emplace(seed, names[configuration]);
  ProcessRunner runner;
  const Matrix matrix = probe(config_, runner, *work_);
  Swarm swarm(config_, matrix);
  swarm.remember(learnt);
  for (uint64_t seed = 0; seed < 6; ++seed)
    for (size_t i = 0; i < swarm.draws(); ++i)
      expected.emplace(seed, swarm.draw(seed, i, /*careful=*/seed == 0).configuration.record.name);
  EXPECT_EQ(drawn, expected);
  for (const auto& [seed, name] : drawn) EXPECT_THAT(name, ::testing::Not(HasSubstr("-fbogus")));

  EXPECT_TRUE(store.failures(end.id).value().empty());
}

// What is refused only for one program is an outcome of the compiler.
TEST_F(CampaignTest, ADrawThatRefusesOneProgramIsRecorded) {
  write(3, "int f(void) { return no_such_variable; }\n");
  config_.swarm.draws = 1;
  config_.swarm.versions = false;
  config_.swarm.flags = std::make_shared<const Catalogue>(Catalogue::parse(kFlags, "x").value());
  const CampaignEnd end = run(3, 3);
  EXPECT_EQ(end.progress.rejected, kCompilationsPerProgram + 1);
}

}  // namespace
}  // namespace objhound::harness
