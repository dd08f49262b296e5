// Compilers that wait, with the real ones: the objects must be those that the drivers make, and whatever goes wrong
// must be told as the driver tells it.
#include "harness/guided/compile_server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <filesystem>
#include <fstream>

#include "harness/files.h"

namespace objhound::harness {
namespace {

namespace fs = std::filesystem;
using results::Outcome;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr std::string_view kConfig = R"(
[flag-sets]
default = []
no-jump-tables = ["-fno-jump-tables"]
[[compiler]]
name = "gcc-12"
arch = "x86-64"
levels = ["-O0", "-O2"]
flag-sets = ["default", "no-jump-tables"]
[[compiler]]
name = "clang-19"
arch = "x86-64"
levels = ["-O0", "-O2"]
flag-sets = ["default"]
[[compiler]]
name = "gcc-12-arm64"
path = "aarch64-linux-gnu-gcc-12"
arch = "arm64"
levels = ["-O2"]
flag-sets = ["default"]
[[compiler]]
name = "clang-19-arm64"
path = "clang-19"
arch = "arm64"
flags = ["--target=aarch64-linux-gnu"]
levels = ["-O2"]
flag-sets = ["default"]
)";

constexpr const char* kProgram = R"(
int printf(const char*, ...);
int shared;
static int pick(int x) { switch (x) { case 0: return 4; case 1: return shared; case 2: return 9; case 3: return -1; case 4: return x * shared; } return 7; }
int main(int argc, char** argv) { (void)argv; for (int i = 0; i < argc + 6; ++i) shared += pick(i); return printf("%d\n", shared); }
)";

TEST(Plan, IsReadFromWhatDriversPrint) {
  const auto gcc = plan_from(
      "Target: x86_64-linux-gnu\nCOLLECT_GCC_OPTIONS='-c'\n /usr/lib/gcc/cc1 -quiet program.c \"-march=x86-64\" -o "
      "/tmp/ccDQNOQI.s\nCOLLECT_GCC_OPTIONS='-c'\n as --64 -o program.o /tmp/ccDQNOQI.s\nCOMPILER_PATH=/usr\n");
  ASSERT_TRUE(gcc);
  EXPECT_THAT(*gcc,
              ElementsAre(ElementsAre("/usr/lib/gcc/cc1", "-quiet", "program.c", "-march=x86-64", "-o", "program.s"),
                          ElementsAre("as", "--64", "-o", "program.o", "program.s")));
  const auto clang = plan_from(
      "Debian clang version 19\nInstalledDir: /usr/bin\n (in-process)\n \"/usr/bin/clang\" \"-cc1\" \"-o\" "
      "\"program.o\" "
      "\"-x\" \"c\" \"program.c\"\n");
  ASSERT_TRUE(clang);
  EXPECT_THAT(*clang, ElementsAre(ElementsAre("/usr/bin/clang", "-cc1", "-o", "program.o", "-x", "c", "program.c")));
}

TEST(Plan, IsNoneWhereMoreIsDone) {
  EXPECT_FALSE(plan_from(""));
  EXPECT_FALSE(plan_from("nothing here\n"));
  EXPECT_FALSE(plan_from(" cc1 -o program.o \"never closed\n"));
  EXPECT_FALSE(plan_from(" cc1 program.c -o /tmp/cc1.s\n as -o program.o /tmp/cc1.s\n objcopy program.o\n"));
  EXPECT_FALSE(plan_from(" cc1 program.c -o elsewhere.o\n"));
}

class QuickCompilerTest : public ::testing::Test {
 protected:
  QuickCompilerTest()
      : config_(*parse_config(kConfig, "test")),
        work_(*WorkDir::create_in(::testing::TempDir())),
        matrix_(probe(config_, runner_, *work_)),
        plans_(matrix_.configurations.size()) {}

  QuickCompiler compiler(const std::string& preload) { return {config_, matrix_, runner_, *work_, 7, preload, plans_}; }
  std::string preload() { return unpack_preload(work_->root()); }

  Config config_;
  ProcessRunner runner_;
  std::unique_ptr<WorkDir> work_;
  Matrix matrix_;
  CallPlans plans_;
};

TEST_F(QuickCompilerTest, MakesTheDriversObjects) {
  ASSERT_EQ(matrix_.configurations.size(), 8u);
  std::vector<std::string> expected;
  {
    QuickCompiler drivers = compiler("");
    for (size_t i = 0; i < matrix_.configurations.size(); ++i) expected.push_back(drivers.compile(i, kProgram).object);
  }
  QuickCompiler quick = compiler(preload());
  for (int round = 0; round < 3; ++round)
    for (size_t i = 0; i < matrix_.configurations.size(); ++i) {
      const CompileResult result = quick.compile(i, kProgram);
      EXPECT_EQ(result.diagnosis.outcome, Outcome::Ok) << result.diagnosis.detail;
      EXPECT_TRUE(!result.object.empty() && result.object == expected[i]) << matrix_.configurations[i].record.name;
      EXPECT_GT(result.cpu_seconds, 0);
    }
  EXPECT_EQ(plans_.count(), std::pair(matrix_.configurations.size(), size_t{0}));
  EXPECT_GE(quick.end_servers(), 0);
}

TEST_F(QuickCompilerTest, TellsErrorsAndCrashesAsTheDriverDoes) {
  QuickCompiler quick = compiler(preload());
  for (size_t i = 0; i < matrix_.configurations.size(); ++i) {
    EXPECT_EQ(quick.compile(i, kProgram).diagnosis.outcome, Outcome::Ok);
    const CompileResult rejected = quick.compile(i, "int f( {");
    EXPECT_EQ(rejected.diagnosis.outcome, Outcome::Rejected);
    EXPECT_THAT(rejected.diagnosis.detail, HasSubstr("expected"));
    EXPECT_TRUE(rejected.object.empty());
    EXPECT_EQ(quick.compile(i, kProgram).diagnosis.outcome, Outcome::Ok);
  }
  const size_t clang = 4;  // behind GCC's two levels with two flag sets each
  ASSERT_EQ(matrix_.configurations[clang].record.compiler, "clang-19");
  EXPECT_EQ(quick.compile(clang, "#pragma clang __debug crash\n").diagnosis.outcome, Outcome::Crashed);
  EXPECT_EQ(quick.compile(clang, kProgram).diagnosis.outcome, Outcome::Ok);
}

// A compiler that does not come back takes its server with it, and nothing else.
TEST_F(QuickCompilerTest, EndsWhatHangs) {
  QuickCompiler quick = compiler(preload());
  ASSERT_EQ(quick.compile(0, kProgram).diagnosis.outcome, Outcome::Ok);
  ASSERT_EQ(quick.compile(0, kProgram).diagnosis.outcome, Outcome::Ok);
  config_.compile_wall_seconds = 0.3;
  QuickCompiler impatient = compiler(preload());
  // It reads a file that never ends.
  EXPECT_EQ(impatient.compile(0, "#include \"/dev/zero\"\n").diagnosis.outcome, Outcome::Hung);
  EXPECT_EQ(quick.compile(0, kProgram).diagnosis.outcome, Outcome::Ok);
}

// Ctrl-C may come before anything is known of a configuration.
TEST_F(QuickCompilerTest, StopsAtAnyMoment) {
  QuickCompiler quick = compiler(preload());
  runner_.stop_all();
  EXPECT_TRUE(quick.compile(0, kProgram).diagnosis.stopped);
}

TEST(Companion, SaysWhyItDidNotStart) {
  ProcessRunner runner;
  const std::string socket = ::testing::TempDir() + "objhound-companion.socket";
  ProcessSpec spec;
  spec.argv = {"false"};
  const auto ended = Companion::start(runner, spec, socket);
  ASSERT_FALSE(ended);
  EXPECT_EQ(ended.error(), "false: exit status 1");
  spec.argv = {"sleep", "1000"};
  const auto silent = Companion::start(runner, spec, socket, 0.2);
  ASSERT_FALSE(silent);
  EXPECT_THAT(silent.error(), HasSubstr("sleep: started, and not heard of for 0.2 s"));
}

}  // namespace
}  // namespace objhound::harness
