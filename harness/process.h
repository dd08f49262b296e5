// Running other people's programs: compilers that loop, eat the machine's memory, flood us with messages, or leave
// children behind. Every child gets limits and a process group of its own, and nothing of it outlives run().
//
// Needs Linux 5.3 (pidfd_open) and glibc 2.34 (closing files in posix_spawn).
#pragma once

#include <sys/types.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace objhound::harness {

struct Limits {
  double wall_seconds = 60;         // then the whole group is killed
  double cpu_seconds = 0;           // of each process of the group (RLIMIT_CPU, whole seconds, rounded up); 0: none
  uint64_t memory_bytes = 0;        // address space of each process of the group (RLIMIT_AS); 0: none
  uint64_t file_bytes = 1u << 30;   // the longest file it may write (RLIMIT_FSIZE)
  size_t output_bytes = 256 << 10;  // kept of standard output and of standard error, each; the rest is dropped
};

struct ProcessSpec {
  std::vector<std::string> argv;         // argv[0] is looked up in PATH
  std::string working_directory;         // empty: ours
  std::vector<std::string> environment;  // "NAME=value", on top of our own environment
  Limits limits;
  std::function<void(pid_t)> on_start;  // called with the child's number, in the thread of run(), once it has started
};

enum class Ending : uint8_t {
  Exited,       // code: the exit status
  Signalled,    // code: the signal; not sent by us
  TimedOut,     // wall or CPU limit
  OutOfMemory,  // said so in its messages, or was killed by the kernel for the memory it took
  Stopped,      // stop_all() was called
  NotStarted,   // our failure or a missing program; failure says which
};

struct ProcessResult {
  Ending ending = Ending::NotStarted;
  int code = 0;
  std::string out, err;
  bool truncated = false;  // output was dropped
  double wall_seconds = 0;
  double cpu_seconds = 0;  // user and system, of the child and what it waited for
  std::string failure;     // NotStarted: why

  bool ok() const { return ending == Ending::Exited && code == 0; }
  // "exit status 1", "killed by SIGSEGV", "time limit of 60 s (wall)", ...
  std::string summary() const;
  std::string time_limit;  // TimedOut: which limit, "60 s (wall)"
};

// Starts children from any number of threads at once. Standard input is /dev/null, signals are at their defaults, and
// no file of ours stays open in a child.
class ProcessRunner {
 public:
  // Returns when the child has ended, is reaped, and the rest of its process group is killed. Never throws for what
  // the child does.
  ProcessResult run(const ProcessSpec& spec);

  // Kills all live groups, now and for all later calls of run(), which return Stopped. Safe from any thread, but not
  // from a signal handler.
  void stop_all();
  // The same for the group of one child, if it has not ended yet: run() returns Signalled.
  void stop(pid_t child);
  bool stopped() const { return stopped_.load(std::memory_order_relaxed); }

 private:
  std::mutex mutex_;
  std::set<pid_t> live_;  // leaders that are not reaped yet, so that their numbers still mean them
  std::atomic<bool> stopped_ = false;
};

}  // namespace objhound::harness
