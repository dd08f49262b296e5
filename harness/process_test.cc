// Process control, against real children that misbehave in the ways compilers do.

#include "harness/process.h"

#include <dirent.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

namespace objhound::harness {
namespace {

using ::testing::HasSubstr;

ProcessSpec shell(const std::string& script) {
  ProcessSpec spec;
  spec.argv = {"sh", "-c", script};
  spec.limits.wall_seconds = 30;
  return spec;
}

// Is a process with this number, or in the group with this number, alive and not a zombie?
bool is_running(pid_t process, pid_t group) {
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    std::ifstream stat(entry.path() / "stat");
    std::string name, state;
    pid_t pid = 0, parent = 0, its_group = 0;
    if (stat >> pid >> name >> state >> parent >> its_group && state != "Z" && state != "X")
      if (pid == process || its_group == group) return true;
  }
  return false;
}

bool ends_soon(pid_t process, pid_t group) {
  for (int i = 0; i < 200 && is_running(process, group); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  return !is_running(process, group);
}
bool process_ends_soon(pid_t pid) { return ends_soon(pid, -1); }
bool group_ends_soon(pid_t group) { return ends_soon(-1, group); }

size_t open_files() {
  size_t count = 0;
  DIR* directory = opendir("/proc/self/fd");
  if (directory == nullptr) return 0;
  while (readdir(directory) != nullptr) ++count;
  closedir(directory);
  return count;
}

TEST(Process, TellsExitStatusAndOutput) {
  ProcessRunner runner;
  const ProcessResult result = runner.run(shell("echo to out; echo to err >&2; exit 3"));
  EXPECT_EQ(result.ending, Ending::Exited);
  EXPECT_EQ(result.code, 3);
  EXPECT_EQ(result.out, "to out\n");
  EXPECT_EQ(result.err, "to err\n");
  EXPECT_FALSE(result.truncated);
  EXPECT_FALSE(result.ok());
  EXPECT_EQ(result.summary(), "exit status 3");
  EXPECT_TRUE(runner.run(shell("true")).ok());
}

TEST(Process, TellsTheSignal) {
  ProcessRunner runner;
  const ProcessResult result = runner.run(shell("kill -SEGV $$"));
  EXPECT_EQ(result.ending, Ending::Signalled);
  EXPECT_EQ(result.code, SIGSEGV);
  EXPECT_EQ(result.summary(), "killed by SIGSEGV");
}

TEST(Process, TellsWhatCannotBeStarted) {
  ProcessRunner runner;
  ProcessSpec spec;
  spec.argv = {"no-such-compiler-anywhere"};
  const ProcessResult missing = runner.run(spec);
  EXPECT_EQ(missing.ending, Ending::NotStarted);
  EXPECT_EQ(missing.summary(), "no-such-compiler-anywhere cannot be started: No such file or directory");
  spec = shell("true");
  spec.working_directory = "/no/such/directory";
  EXPECT_EQ(runner.run(spec).ending, Ending::NotStarted);
}

TEST(Process, InputIsEmptySignalsAreDefaultAndFilesAreClosed) {
  // A file that is open without close-on-exec, as standard library streams have them.
  const std::string leaked = ::testing::TempDir() + "objhound-leak-" + std::to_string(getpid());
  std::ofstream leak(leaked);
  unlink(leaked.c_str());
  signal(SIGPIPE, SIG_IGN);
  ProcessRunner runner;
  // Neither a pipe nor a pattern: for those the shell itself has files open for a moment.
  const ProcessResult result = runner.run(shell(
      "cat; for n in $(seq 0 30); do [ -e /proc/$$/fd/$n ] && printf '%s ' $n; done; grep SigIgn /proc/self/status"));
  signal(SIGPIPE, SIG_DFL);
  EXPECT_THAT(result.out, ::testing::StartsWith("0 1 2 "));
  const std::string ignored = result.out.substr(result.out.find("SigIgn:") + 7);
  EXPECT_EQ(std::stoull(ignored, nullptr, 16) >> (SIGPIPE - 1) & 1, 0u) << result.out;
  EXPECT_THAT(result.out, ::testing::Not(HasSubstr(" 3 ")));
}

TEST(Process, SetsEnvironmentAndDirectory) {
  ProcessRunner runner;
  ProcessSpec spec = shell("echo $OBJHOUND_TEST $PWD; env | grep -c ^OBJHOUND_TEST=");
  setenv("OBJHOUND_TEST", "outer", 1);
  spec.environment = {"OBJHOUND_TEST=inner"};
  spec.working_directory = "/usr";
  EXPECT_EQ(runner.run(spec).out, "inner /usr\n1\n");
  unsetenv("OBJHOUND_TEST");
}

TEST(Process, WallLimitKillsWhoSleeps) {
  ProcessRunner runner;
  ProcessSpec spec = shell("trap '' TERM; sleep 60");
  spec.limits.wall_seconds = 0.3;
  const ProcessResult result = runner.run(spec);
  EXPECT_EQ(result.ending, Ending::TimedOut);
  EXPECT_EQ(result.summary(), "time limit of 0.3 s (wall)");
  EXPECT_GE(result.wall_seconds, 0.3);
  EXPECT_LT(result.wall_seconds, 5);
}

TEST(Process, CpuLimitKillsWhoSpins) {
  ProcessRunner runner;
  ProcessSpec spec = shell("while :; do :; done");
  spec.limits.cpu_seconds = 1;
  const ProcessResult result = runner.run(spec);
  EXPECT_EQ(result.ending, Ending::TimedOut);
  EXPECT_EQ(result.summary(), "time limit of 1 s (CPU)");
  EXPECT_GE(result.cpu_seconds, 0.5);
}

TEST(Process, MemoryLimitStopsAHog) {
  ProcessRunner runner;
  ProcessSpec spec;
  // Doubles a string until the allocation fails; says so on standard error and exits with 2.
  spec.argv = {"awk", "BEGIN { s = \"x\"; while (1) s = s s }"};
  spec.limits.memory_bytes = 256 << 20;
  const ProcessResult result = runner.run(spec);
  EXPECT_EQ(result.ending, Ending::OutOfMemory) << result.summary() << result.err;
}

TEST(Process, MemoryLimitHoldsForGrandchildren) {
  ProcessRunner runner;
  // The subshell is forked at once, perhaps before the limit is set; the walks over the children must catch it. Each
  // waits until it sees a limit, so that a busy machine changes nothing.
  ProcessSpec spec = shell(
      "limited() { while [ \"$(ulimit -v)\" = unlimited ]; do sleep 0.02; done; ulimit -v; }; (limited) & limited; "
      "wait");
  spec.limits.wall_seconds = 60;
  spec.limits.memory_bytes = 512 << 20;
  std::vector<std::thread> threads;
  threads.reserve(20);
  for (int i = 0; i < 20; ++i) threads.emplace_back([&] { EXPECT_EQ(runner.run(spec).out, "524288\n524288\n"); });
  for (std::thread& thread : threads) thread.join();
}

TEST(Process, FloodOfOutputIsDrainedAndCut) {
  ProcessRunner runner;
  ProcessSpec spec = shell("head -c 200000000 /dev/zero; echo done >&2");
  spec.limits.output_bytes = 1000;
  const ProcessResult result = runner.run(spec);
  EXPECT_TRUE(result.ok());
  EXPECT_EQ(result.out.size(), 1000u);
  EXPECT_TRUE(result.truncated);
  EXPECT_EQ(result.err, "done\n");
}

TEST(Process, EndlessFloodEndsAtTheWallLimit) {
  ProcessRunner runner;
  ProcessSpec spec;
  spec.argv = {"yes"};
  spec.limits.wall_seconds = 0.3;
  const ProcessResult result = runner.run(spec);
  EXPECT_EQ(result.ending, Ending::TimedOut);
  EXPECT_LT(result.wall_seconds, 5);
}

TEST(Process, FileLimitStopsAWriter) {
  ProcessRunner runner;
  const std::string file = ::testing::TempDir() + "objhound-big-" + std::to_string(getpid());
  ProcessSpec spec = shell("exec cat /dev/zero > " + file);
  spec.limits.file_bytes = 1 << 20;
  const ProcessResult result = runner.run(spec);
  EXPECT_EQ(result.ending, Ending::Signalled);
  EXPECT_EQ(result.code, SIGXFSZ);
  unlink(file.c_str());
}

TEST(Process, GrandchildThatSurvivesItsParentIsKilled) {
  ProcessRunner runner;
  // The grandchild holds our pipe; waiting for the end of output would take a minute.
  const ProcessResult result = runner.run(shell("sleep 60 & echo $!"));
  EXPECT_TRUE(result.ok());
  EXPECT_LT(result.wall_seconds, 10);
  EXPECT_TRUE(process_ends_soon(std::stoi(result.out)));
}

TEST(Process, WholeTreeIsKilledAtTheLimit) {
  ProcessRunner runner;
  // Forks and forks: 2^6 sleepers, all in one group.
  ProcessSpec spec =
      shell("f() { if [ $1 -gt 0 ]; then f $(($1 - 1)) & f $(($1 - 1)) & wait; else echo $$; sleep 60; fi; }; f 6");
  spec.limits.wall_seconds = 1.5;
  const ProcessResult result = runner.run(spec);
  EXPECT_EQ(result.ending, Ending::TimedOut);
  ASSERT_GT(std::count(result.out.begin(), result.out.end(), '\n'), 2);  // 64 on a machine that is not busy
  EXPECT_TRUE(group_ends_soon(std::stoi(result.out)));
}

TEST(Process, StopAllEndsWhatRunsAndWhatWouldCome) {
  ProcessRunner runner;
  std::vector<std::thread> threads;
  threads.reserve(20);
  std::vector<ProcessResult> results(4);
  for (ProcessResult& result : results) threads.emplace_back([&] { result = runner.run(shell("sleep 60")); });
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  runner.stop_all();
  for (std::thread& thread : threads) thread.join();
  for (const ProcessResult& result : results) {
    EXPECT_EQ(result.ending, Ending::Stopped);
    EXPECT_LT(result.wall_seconds, 10);
  }
  EXPECT_EQ(runner.run(shell("true")).ending, Ending::Stopped);
}

TEST(Process, ManyThreadsLeakNothing) {
  ProcessRunner runner;
  const size_t files = open_files();
  std::vector<std::thread> threads;
  threads.reserve(20);
  std::atomic<int> wrong = 0;
  for (int t = 0; t < 16; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 50; ++i) {
        const std::string word = std::to_string(t * 1000 + i);
        ProcessSpec spec;
        spec.argv = {"echo", word};
        const ProcessResult result = runner.run(spec);
        if (!result.ok() || result.out != word + "\n" || result.wall_seconds > 20) ++wrong;
      }
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(open_files(), files);
  EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1) << "a child was left unreaped";
  EXPECT_EQ(errno, ECHILD);
}

}  // namespace
}  // namespace objhound::harness
