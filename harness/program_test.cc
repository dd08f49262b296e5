// The program as its users meet it: exit statuses, lines on standard error, Ctrl-C, kill -9, and going on afterwards.

#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <thread>

#include "harness/process.h"
#include "results/store.h"

namespace objhound::harness {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr std::string_view kConfig = R"(
[flag-sets]
frame-pointer = ["-fno-omit-frame-pointer"]
[[compiler]]
name = "gcc-12"
arch = "x86-64"
levels = ["-O0", "-O1", "-O2"]
flag-sets = ["default", "frame-pointer"]
)";
constexpr size_t kCompilationsPerProgram = 6;

std::string slurp(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class ProgramTest : public ::testing::Test {
 protected:
  ProgramTest() {
    std::string name = ::testing::TempDir() + "program-test-XXXXXX";
    base_ = mkdtemp(name.data());
    fs::create_directories(base_ + "/tmp");
    write("objhound.toml", kConfig);
  }
  ~ProgramTest() override { fs::remove_all(base_); }

  void write(const std::string& name, std::string_view text) const { std::ofstream(base_ + "/" + name) << text; }
  ProcessSpec command(std::vector<std::string> words) const {
    ProcessSpec spec;
    spec.argv = {OBJHOUND_PROGRAM};
    spec.argv.insert(spec.argv.end(), words.begin(), words.end());
    spec.working_directory = base_;
    spec.environment = {"TMPDIR=" + base_ + "/tmp"};
    spec.limits.wall_seconds = 300;
    return spec;
  }
  ProcessResult run(std::vector<std::string> words) { return runner_.run(command(std::move(words))); }
  ProcessResult run_in_shell(const std::string& script) {
    ProcessSpec spec = command({});
    spec.argv = {"sh", "-c", script};
    return runner_.run(spec);
  }
  void compile(const std::string& source, const std::string& object, const std::string& flags = "-O2") {
    write("input.c", source);
    const ProcessResult result = run_in_shell("gcc-12 " + flags + " -c input.c -o " + object);
    ASSERT_TRUE(result.ok()) << result.err;
  }
  void assemble(const std::string& text, const std::string& object) {
    write("input.s", text);
    const ProcessResult result = run_in_shell("gcc-12 -c input.s -o " + object);
    ASSERT_TRUE(result.ok()) << result.err;
  }
  std::set<std::pair<uint64_t, int64_t>> done() const {
    const auto store = results::Store::open_read_only(base_ + "/out/objhound.db");
    return store ? store->done(1).value_or(std::set<std::pair<uint64_t, int64_t>>{})
                 : std::set<std::pair<uint64_t, int64_t>>{};
  }
  bool no_temporary_files() const { return fs::is_empty(base_ + "/tmp"); }

  ProcessRunner runner_;
  std::string base_;
};

// Forgets the return address: a function that pushes and returns without popping.
constexpr const char* kUnbalanced = R"(
	.text
	.globl f
	.type f, @function
f:	.cfi_startproc
	pushq %rbx
	.cfi_def_cfa_offset 16
	.cfi_offset %rbx, -16
	ret
	.cfi_endproc
	.size f, .-f
	.section .note.GNU-stack,"",@progbits
)";

TEST_F(ProgramTest, CheckTellsGoodFromBadFromUnreadable) {
  compile("int f(int x) { return x + 1; }", "good.o");
  assemble(kUnbalanced, "bad.o");
  write("text.o", "this is no object file\n");
  EXPECT_EQ(run({"check", "good.o"}).code, 0);
  const ProcessResult bad = run({"check", "good.o", "bad.o"});
  EXPECT_EQ(bad.code, 1);
  EXPECT_THAT(bad.out, HasSubstr("OH201"));
  EXPECT_LT(bad.out.find("good.o"), bad.out.find("bad.o")) << "files must be reported in their order";
  const ProcessResult unreadable = run({"check", "bad.o", "text.o", "missing.o"});
  EXPECT_EQ(unreadable.code, 2);
  EXPECT_THAT(unreadable.err, HasSubstr("text.o: "));
  EXPECT_THAT(unreadable.err, HasSubstr("missing.o: cannot be read: No such file"));
}

TEST_F(ProgramTest, AFunctionThatIsNotThereCannotBeExplained) {
  compile("int f(int x) { return x + 1; }", "good.o");
  EXPECT_EQ(run({"check", "--explain", "--function", "f", "good.o"}).code, 0);
  const ProcessResult result = run({"check", "--explain", "--function", "g", "good.o"});
  EXPECT_EQ(result.code, 2);
  EXPECT_THAT(result.err, HasSubstr("good.o: has no function g"));
}

TEST_F(ProgramTest, OutputThatCannotBeWrittenIsNotLostWithoutAWord) {
  compile("int f(int x) { return x + 1; }", "good.o");
  const std::string objhound = OBJHOUND_PROGRAM;
  for (const char* words : {"check good.o", "rules", "check --explain good.o"}) {
    const ProcessResult full = run_in_shell(objhound + " " + words + " > /dev/full");
    EXPECT_EQ(full.code, 3) << words;
    EXPECT_THAT(full.err, StartsWith("objhound: standard output cannot be written: No space left on device"));
  }
  // Somebody who has seen enough is no error; more than a pipe holds is written here.
  assemble(".globl f\n.type f,@function\nf:\n.rept 5000\nnop\n.endr\nret\n.size f,.-f\n", "long.o");
  const ProcessResult head = run_in_shell("(" + objhound + " check --explain long.o; echo $? > status) | head -1");
  EXPECT_THAT(head.out, StartsWith("f:"));
  EXPECT_EQ(head.err, "");
  EXPECT_EQ(slurp(base_ + "/status"), "141\n");
}

// Clang lets any name through, and no assembler has to be asked.
TEST_F(ProgramTest, NamesThatMoveTheCursorAreMadeVisible) {
  write("name.c", "int f(void) __asm__(\"f\\nok.o: 1 functions: \\33[2J\"); int f(void) { return 1; }\n");
  ASSERT_TRUE(run_in_shell("clang-19 -O2 -fno-asynchronous-unwind-tables -c name.c").ok());
  for (const char* more : {"", "--explain"}) {
    std::vector<std::string> words = {"check", "--flags", "gcc-12 -O2", "name.o"};
    if (*more != 0) words.emplace_back(more);
    const ProcessResult result = run(words);
    EXPECT_THAT(result.out, ::testing::AllOf(HasSubstr("\\x1b[2J"), ::testing::Not(HasSubstr("\x1b")))) << more;
    if (*more == 0) {
      EXPECT_THAT(result.out, ::testing::Not(HasSubstr("\nok.o")));
    }
  }
}

TEST_F(ProgramTest, CheckPrintsOneJsonObject) {
  assemble(kUnbalanced, "bad.o");
  const ProcessResult result = run({"check", "--format", "json", "bad.o"});
  EXPECT_EQ(result.code, 1);
  EXPECT_THAT(result.out, StartsWith("{"));
  EXPECT_THAT(result.out, HasSubstr("\"OH201\""));
}

TEST_F(ProgramTest, WrongUsageIsStatusTwoWithOneClearLine) {
  const std::pair<std::vector<std::string>, const char*> cases[] = {
      {{}, "subcommand is required"},
      {{"fuz"}, "unknown command 'fuz' (did you mean 'fuzz'?)"},
      {{"frobnicate"}, "unknown command 'frobnicate' (there are: fuzz, check"},
      {{"check"}, "FILE is required"},
      {{"check", "--format", "yaml", "x.o"}, "yaml"},
      {{"check", "--function", "f", "x.o"}, "--explain"},
      {{"fuzz", "--seeds", "9..1"}, "--seeds 9..1: write A..B"},
      {{"fuzz", "--seeds", "1-9"}, "--seeds 1-9: write A..B"},
      {{"fuzz", "--shard", "3/2"}, "--shard 3/2: write I/N"},
      {{"fuzz", "--time", "soon"}, "--time: 'soon' is no duration"},
      {{"fuzz", "--cpu-time", "soon"}, "--cpu-time: 'soon' is no duration"},
      {{"coverage", "--db", "none.db"}, "none.db"},
      {{"coverage", "--by", "colour"}, "colour"},
      {{"fuzz", "--config", "none.toml"}, "none.toml: cannot be read: No such file"},
      {{"fuzz", "--generator", "yarpgen"}, "unknown generator 'yarpgen'"},
      {{"list", "--db", "none.db"}, "none.db"},
      {{"show", "1", "--db", "objhound.toml"}, "objhound.toml"},
      {{"generate", "--seed", "1", "--generator", "replay: nowhere"}, "nowhere"},
  };
  for (const auto& [words, complaint] : cases) {
    const ProcessResult result = run(words);
    EXPECT_EQ(result.code, 2) << complaint;
    EXPECT_THAT(result.err, HasSubstr(complaint));
  }
  EXPECT_TRUE(no_temporary_files());
  EXPECT_EQ(run({"--help"}).code, 0);
  EXPECT_EQ(run({"fuzz", "--help"}).code, 0);
  EXPECT_THAT(run({"--version"}).out, StartsWith("objhound "));
}

TEST_F(ProgramTest, CommandsThatAreNotThereYetAreNotOffered) {
  const std::string help = run({"--help"}).out;
  for (const char* word : {"reduce", "bisect", "compare", "triage", "report-bug"})
    EXPECT_THAT(help, ::testing::Not(HasSubstr(std::string("  ") + word)));
  EXPECT_THAT(run({"rules"}).out, HasSubstr("OH301"));
  EXPECT_THAT(run({"rules", "--format", "markdown"}).out, HasSubstr("### OH301 cfa-wrong"));
}

TEST_F(ProgramTest, MutatePlantsOneFaultAgainAndSaysWhatIsWrong) {
  write("f.c", "int g(int);\nint f(int a) { return g(a) + a; }\n");
  const ProcessResult all = run({"mutate", "--compiler", "gcc-12 -O2", "--operators", "drop-restore", "--most", "0",
                                 "--objtool", "", "--format", "json", "f.c"});
  EXPECT_EQ(all.code, 0) << all.err;
  EXPECT_THAT(all.out, HasSubstr("\"killed\": 1"));
  const ProcessResult wrong = run({"mutate", "--operators", "drop-restor", "f.c"});
  EXPECT_EQ(wrong.code, 2);
  EXPECT_THAT(wrong.err, HasSubstr("did you mean 'drop-restore'?"));
  EXPECT_EQ(run({"mutate", "missing.c"}).code, 2);
  EXPECT_EQ(run({"mutate", "--compiler", "gcc-12 -O2", "--only", "drop-save:1", "f.c"}).code, 2);
}

TEST_F(ProgramTest, FuzzErrorNamesFileAndLine) {
  write("broken.toml", std::string(kConfig) + "levles = [\"-O3\"]\n");
  const ProcessResult result = run({"fuzz", "--config", "broken.toml"});
  EXPECT_EQ(result.code, 2);
  EXPECT_THAT(result.err, HasSubstr("broken.toml:9: unknown key 'levles' (did you mean 'levels'?)"));
}

TEST_F(ProgramTest, DryRunPrintsTheMatrixAndWritesNothing) {
  const ProcessResult result = run({"fuzz", "--dry-run"});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("gcc-12 -O2 +frame-pointer"));
  EXPECT_THAT(result.out, HasSubstr("6 configurations"));
  EXPECT_FALSE(fs::exists(base_ + "/out"));
}

TEST_F(ProgramTest, GenerateIsDeterministic) {
  const ProcessResult first = run({"generate", "--seed", "7"});
  EXPECT_EQ(first.code, 0) << first.err;
  EXPECT_THAT(first.out, HasSubstr("int main ("));
  EXPECT_EQ(run({"generate", "--seed", "7", "-o", "seven.c"}).code, 0);
  EXPECT_EQ(slurp(base_ + "/seven.c"), first.out);
  EXPECT_TRUE(no_temporary_files());
}

TEST_F(ProgramTest, FuzzEndsWithSummaryDatabaseAndPage) {
  const ProcessResult result = run({"fuzz", "--seeds", "1..2", "--jobs", "2"});
  EXPECT_EQ(result.code, 0) << result.out << result.err;
  EXPECT_THAT(result.out, HasSubstr("report: out/report.html"));
  EXPECT_THAT(slurp(base_ + "/out/report.html"), HasSubstr("</html>"));
  EXPECT_EQ(done().size(), 2 * kCompilationsPerProgram);
  EXPECT_TRUE(no_temporary_files());
  EXPECT_EQ(run({"list"}).code, 0);
  EXPECT_EQ(run({"report", "--out", "elsewhere"}).out, "elsewhere/report.html\n");
  EXPECT_EQ(run({"merge", "--db", "all.db", "out/objhound.db"}).code, 0);
  const ProcessResult coverage = run({"coverage"});
  EXPECT_EQ(coverage.code, 0) << coverage.err;
  EXPECT_THAT(coverage.out, HasSubstr("OH309 a saved register in force at a call"));
  EXPECT_THAT(coverage.out, HasSubstr("never"));
  EXPECT_EQ(run({"coverage", "--db", "all.db"}).out.substr(0, 20), coverage.out.substr(0, 20));
  EXPECT_THAT(run({"coverage", "--compare", "out/objhound.db", "all.db"}).out,
              ::testing::ContainsRegex("times the first +1.00 x +1.00 x"));
}

// The compilers' time counts: with it, it is used up long before the seeds are.
TEST_F(ProgramTest, FuzzEndsWhenItsCpuTimeIsUsedUp) {
  const ProcessResult result = run({"fuzz", "--seeds", "1..1000000", "--jobs", "1", "--cpu-time", "1s"});
  EXPECT_EQ(result.code, 0) << result.out << result.err;
  EXPECT_THAT(result.out, HasSubstr("for 1 s of CPU time"));
  EXPECT_THAT(result.out, HasSubstr("finished"));
  EXPECT_LT(result.cpu_seconds, 20);
  EXPECT_TRUE(no_temporary_files());
}

TEST_F(ProgramTest, CplusplusGoesThroughCampaignAndRun) {
  const ProcessResult fuzzed = run({"fuzz", "--generator", "weave-c++ --size 8", "--seeds", "3"});
  EXPECT_THAT(fuzzed.out, HasSubstr("no crash, no hang, nothing rejected")) << fuzzed.err;
  EXPECT_EQ(done().size(), kCompilationsPerProgram);
  EXPECT_EQ(run({"generate", "--generator", "weave-c++ --size 8", "--seed", "3", "-o", "three.cc"}).code, 0);
  const ProcessResult ran = run({"check", "--run", "--compiler", "gcc-12 -O2", "three.cc"});
  EXPECT_THAT(ran.out, HasSubstr("run: exit status 0")) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("no contradiction"));
}

TEST_F(ProgramTest, CompilerThatCrashesIsFoundAndCounted) {
  write("fake",
        "#!/bin/sh\ncase \"$*\" in *program.c*) exec gcc-12 \"$@\";; *probe.c*|*--version*) exec gcc-12 \"$@\";; esac\n"
        "echo 'p.c:1:1: internal compiler error: in f, at g.cc:1' >&2\nexit 4\n");
  fs::permissions(base_ + "/fake", fs::perms::owner_all);
  write("fake.toml",
        "[[compiler]]\nname = \"fake\"\npath = \"" + base_ + "/fake\"\narch = \"x86-64\"\nlevels = [\"-O1\"]\n");
  const ProcessResult result = run({"fuzz", "--config", "fake.toml", "--seeds", "1"});
  EXPECT_EQ(result.code, 1) << result.out << result.err;
  EXPECT_THAT(result.out, HasSubstr("internal compiler error: in f, at g.cc:N"));
}

TEST_F(ProgramTest, CtrlCEndsCleanlyAndTheNextRunGoesOn) {
  ProcessResult result;
  std::thread campaign(
      [&] { result = run_in_shell("exec " OBJHOUND_PROGRAM " fuzz --jobs 1 --seeds 1..8 & echo $! > pid; wait $!"); });
  for (int i = 0; i < 2400 && done().size() < 10; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(50));
  kill(static_cast<pid_t>(std::stol(slurp(base_ + "/pid"))), SIGINT);
  campaign.join();
  EXPECT_EQ(result.code, 0) << result.out << result.err;
  EXPECT_THAT(result.out, HasSubstr("the same command goes on from here"));
  EXPECT_TRUE(fs::exists(base_ + "/out/report.html"));
  EXPECT_TRUE(no_temporary_files());
  const auto before = done();
  EXPECT_GE(before.size(), 10u);
  EXPECT_LT(before.size(), 8 * kCompilationsPerProgram);

  EXPECT_EQ(run({"fuzz", "--seeds", "1..8"}).code, 0);
  EXPECT_EQ(done().size(), 8 * kCompilationsPerProgram);
}

TEST_F(ProgramTest, Kill9LosesNothingThatIsStoredAndNothingIsDoneTwice) {
  std::thread campaign(
      [&] { run_in_shell("exec " OBJHOUND_PROGRAM " fuzz --jobs 1 --seeds 1..8 & echo $! > pid; wait $!"); });
  for (int i = 0; i < 2400 && done().size() < 10; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(50));
  kill(static_cast<pid_t>(std::stol(slurp(base_ + "/pid"))), SIGKILL);
  campaign.join();
  const auto before = done();
  EXPECT_GE(before.size(), 10u);
  EXPECT_FALSE(no_temporary_files()) << "nobody can clean up after kill -9 but the next run";

  const ProcessResult second = run({"fuzz", "--seeds", "1..8"});
  EXPECT_EQ(second.code, 0) << second.out << second.err;
  EXPECT_TRUE(no_temporary_files());
  const auto after = done();
  EXPECT_EQ(after.size(), 8 * kCompilationsPerProgram);
  EXPECT_TRUE(std::includes(after.begin(), after.end(), before.begin(), before.end()));
  const auto store = results::Store::open_read_only(base_ + "/out/objhound.db");
  ASSERT_TRUE(store) << store.error();
  uint64_t compilations = 0;
  const std::vector<results::MatrixCell> cells = store->matrix(0).value();
  for (const results::MatrixCell& cell : cells) compilations += cell.compilations;
  EXPECT_EQ(compilations, 8 * kCompilationsPerProgram);
}

// Files of the corpus that libFuzzer has written: it names them by SHA-1, in 40 digits.
size_t found_by_the_search(const std::string& corpus) {
  std::error_code error;
  size_t count = 0;
  for (fs::directory_iterator entry(corpus, error), end; !error && entry != end; entry.increment(error))
    count += entry->path().filename().string().size() == 40;
  return count;
}

// Ctrl-C, a second run with the same corpus, and kill -9 in the middle of that: what was found stays, the processes
// that wait for us end.
TEST_F(ProgramTest, GuidedSearchFindsInputsKeepsThemAndEndsWithAllItsProcesses) {
  const std::string start = "exec " OBJHOUND_PROGRAM " fuzz --guided --jobs 2 --time 1h & echo $! > pid; wait $!";
  std::atomic<bool> ended = false;
  const auto until_found = [&](size_t count) {
    for (int i = 0; i < 4000 && !ended && found_by_the_search(base_ + "/out/guided-corpus") < count; ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    ASSERT_FALSE(ended);
  };
  ProcessResult result;
  const auto work = [&] {
    result = run_in_shell(start);
    ended = true;
  };
  std::thread first(work);
  until_found(3);
  kill(static_cast<pid_t>(std::stol(slurp(base_ + "/pid"))), SIGINT);
  first.join();
  EXPECT_LE(result.code, 1) << result.out << result.err;
  EXPECT_THAT(result.out, HasSubstr("guided: "));
  EXPECT_THAT(result.out, HasSubstr("stopped; the same command goes on from here"));
  EXPECT_TRUE(no_temporary_files());
  const size_t found = found_by_the_search(base_ + "/out/guided-corpus");
  EXPECT_GE(found, 3u);

  ended = false;
  std::thread second(work);
  until_found(found + 3);
  kill(static_cast<pid_t>(std::stol(slurp(base_ + "/pid"))), SIGKILL);
  second.join();
  // Everything that the run has started carries the place of its temporary files in its environment or command line.
  const std::string left = "grep -lsz " + base_ + "/tmp/[o]bjhound- /proc/[0-9]*/environ /proc/[0-9]*/cmdline | wc -l";
  std::string count;
  for (int i = 0; i < 200 && count != "0\n"; ++i) {
    count = run_in_shell("sleep 0.05; " + left).out;
  }
  EXPECT_EQ(count, "0\n");
  const auto store = results::Store::open_read_only(base_ + "/out/objhound.db");
  ASSERT_TRUE(store) << store.error();
  const auto campaigns = store->campaigns();
  ASSERT_TRUE(campaigns);
  ASSERT_EQ(campaigns->size(), 2u);
  EXPECT_EQ(campaigns->at(0).generator, "guided");
  EXPECT_GT(campaigns->at(1).programs, 0u);
}

// Whatever is told of a guided campaign can be seen again: the program of a finding has its decisions.
TEST_F(ProgramTest, GuidedProgramsWithSomethingToTellKeepTheirDecisions) {
  // A compiler that makes the same broken object of every program; the object's name is its last word.
  write("broken.s", kUnbalanced);
  write("fake",
        "#!/bin/sh\ncase \"$*\" in *-###*) exit 1;; *program.c*) for word; do object=$word; done; exec gcc-12 -c " +
            base_ + "/broken.s -o \"$object\";; esac\nexec gcc-12 \"$@\"\n");
  fs::permissions(base_ + "/fake", fs::perms::owner_all);
  write("fake.toml",
        "[[compiler]]\nname = \"fake\"\npath = \"" + base_ + "/fake\"\narch = \"x86-64\"\nlevels = [\"-O1\"]\n");
  const ProcessResult result = run({"fuzz", "--guided", "--config", "fake.toml", "--swarm", "0", "--time", "2s"});
  EXPECT_EQ(result.code, 1) << result.out << result.err;
  SQLite::Database database(base_ + "/out/objhound.db");
  SQLite::Statement query(database,
                          "SELECT count(*), sum(options LIKE 'objhound generate --decisions %') FROM programs");
  ASSERT_TRUE(query.executeStep());
  EXPECT_GT(query.getColumn(0).getInt(), 0);
  EXPECT_EQ(query.getColumn(0).getInt(), query.getColumn(1).getInt());
}

TEST_F(ProgramTest, AProgramIsWrittenAgainFromItsDecisions) {
  const ProcessResult first = run({"generate", "--decisions", "0105"});
  EXPECT_EQ(first.code, 0) << first.err;
  EXPECT_THAT(first.out, HasSubstr("checksum"));
  EXPECT_EQ(run({"generate", "--decisions", "0105"}).out, first.out);
  const ProcessResult wrong = run({"generate", "--decisions", "01x5"});
  EXPECT_EQ(wrong.code, 2);
  EXPECT_THAT(wrong.err, StartsWith("objhound: --decisions: not pairs of hexadecimal digits"));
  EXPECT_EQ(run({"generate"}).code, 2);
  EXPECT_EQ(run({"fuzz", "--guided", "--seeds", "1..3"}).code, 2);
}

}  // namespace
}  // namespace objhound::harness
