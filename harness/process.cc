// posix_spawn and not fork: glibc makes it a vfork, so that its cost does not grow with our memory, and it is safe with
// threads. What posix_spawn cannot do is set resource limits. We set them from outside, with prlimit(2), as soon as it
// returns: the child has just begun its exec. On a busy machine it may already have children of its own by then, so we
// walk down /proc/PID/task/PID/children: a process that is limited hands the limits on to whatever it starts later, and
// one that was started earlier is listed. Not always: one whose fork was under way is not there yet, and the kernel may
// skip one while another ends (proc(5)). So we walk again, at intervals that double.
//
// The end of a child is seen through a pidfd, never through the end of its output: a grandchild that keeps the pipe
// open must not keep us waiting. The order at the end matters: the group is killed while its dead leader still holds
// the group's number, and only then is the leader reaped.

#include "harness/process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cmath>
#include <cstring>
#include <string_view>
#include <system_error>
#include <utility>

namespace objhound::harness {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

class Fd {
 public:
  Fd() = default;
  explicit Fd(int fd) : fd_(fd) {}
  Fd(Fd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Fd& operator=(Fd&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~Fd() { close(); }
  int get() const { return fd_; }
  void close() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
  }

 private:
  int fd_ = -1;
};

// One output stream: the first `cap` bytes are kept, the rest is read and dropped so that the child never blocks.
class Capture {
 public:
  explicit Capture(size_t cap) : cap_(cap) {}

  // False if there is no pipe to be had (errno).
  bool open() {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return false;
    read_ = Fd(ends[0]);
    write_ = Fd(ends[1]);
    return fcntl(read_.get(), F_SETFL, O_NONBLOCK) == 0;
  }
  int child_end() const { return write_.get(); }
  void close_child_end() { write_.close(); }
  int fd() const { return read_.get(); }  // -1 once the other side has closed it

  // Reads what is there, at most some megabytes: a child that floods must not keep us from looking at the clock.
  void drain() {
    std::array<char, 1 << 16> block;
    for (int rounds = 0; rounds < 64 && read_.get() >= 0; ++rounds) {
      const ssize_t bytes = read(read_.get(), block.data(), block.size());
      if (bytes < 0 && errno == EINTR) continue;
      if (bytes < 0 && errno == EAGAIN) return;
      if (bytes <= 0) return read_.close();
      const size_t room = cap_ - text.size();
      truncated |= static_cast<size_t>(bytes) > room;
      text.append(block.data(), std::min(room, static_cast<size_t>(bytes)));
    }
  }

  std::string text;
  bool truncated = false;

 private:
  size_t cap_;
  Fd read_, write_;
};

// The pieces of a posix_spawn call that must be destroyed whatever happens.
class SpawnPlan {
 public:
  SpawnPlan() {
    posix_spawn_file_actions_init(&files_);
    posix_spawnattr_init(&attributes_);
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setsigdefault(&attributes_, &all);
    posix_spawnattr_setpgroup(&attributes_, 0);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;
  ~SpawnPlan() {
    posix_spawnattr_destroy(&attributes_);
    posix_spawn_file_actions_destroy(&files_);
  }

  // 0 or an errno. The program is looked up in PATH before the working directory changes.
  int start(const ProcessSpec& spec, int out, int err, pid_t* pid) {
    posix_spawn_file_actions_addopen(&files_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&files_, out, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&files_, err, STDERR_FILENO);
    posix_spawn_file_actions_addclosefrom_np(&files_, STDERR_FILENO + 1);
    if (!spec.working_directory.empty()) posix_spawn_file_actions_addchdir_np(&files_, spec.working_directory.c_str());

    std::vector<char*> argv, environment;
    for (const std::string& word : spec.argv) argv.push_back(const_cast<char*>(word.c_str()));
    argv.push_back(nullptr);
    for (char** entry = environ; *entry != nullptr; ++entry)
      if (!is_overridden(*entry, spec.environment)) environment.push_back(*entry);
    for (const std::string& entry : spec.environment) environment.push_back(const_cast<char*>(entry.c_str()));
    environment.push_back(nullptr);
    return posix_spawnp(pid, argv[0], &files_, &attributes_, argv.data(), environment.data());
  }

 private:
  static bool is_overridden(std::string_view entry, const std::vector<std::string>& by) {
    const std::string_view name = entry.substr(0, entry.find('=') + 1);
    return std::any_of(by.begin(), by.end(), [&](const std::string& ours) { return ours.starts_with(name); });
  }

  posix_spawn_file_actions_t files_;
  posix_spawnattr_t attributes_;
};

void set_limit(pid_t pid, __rlimit_resource resource, uint64_t soft, uint64_t hard) {
  // Never more than we are allowed ourselves: raising a hard limit is for the privileged, and the call would fail.
  rlimit ours{};
  getrlimit(resource, &ours);
  const rlimit limit{std::min<rlim_t>(soft, ours.rlim_max), std::min<rlim_t>(hard, ours.rlim_max)};
  prlimit(pid, resource, &limit, nullptr);
}

constexpr double kSecondWalk = 0.02;  // seconds after the start; the third comes after twice as long, and so on

// Limits the process and what it has started already; see the head of this file. `depth` bounds the walk.
void limit_family(pid_t pid, const Limits& limits, int depth = 8) {
  set_limit(pid, RLIMIT_CORE, 0, 0);
  set_limit(pid, RLIMIT_FSIZE, limits.file_bytes, limits.file_bytes);
  if (limits.memory_bytes != 0) set_limit(pid, RLIMIT_AS, limits.memory_bytes, limits.memory_bytes);
  if (limits.cpu_seconds > 0) {
    const auto seconds = static_cast<uint64_t>(std::ceil(limits.cpu_seconds));
    set_limit(pid, RLIMIT_CPU, seconds, seconds + 2);  // SIGXCPU, then SIGKILL for who ignores it
  }
  if (depth == 0) return;

  std::array<char, 4096> text{};
  Fd list(open(fmt::format("/proc/{0}/task/{0}/children", pid).c_str(), O_RDONLY | O_CLOEXEC));
  if (list.get() < 0 || read(list.get(), text.data(), text.size() - 1) <= 0) return;
  for (char* rest = text.data(); *rest != 0;) {
    char* end = nullptr;
    const long child = std::strtol(rest, &end, 10);
    if (end == rest) return;
    limit_family(static_cast<pid_t>(child), limits, depth - 1);
    rest = end;
    while (*rest == ' ') ++rest;
  }
}

// What programs say when an allocation fails: GCC's drivers and libiberty, LLVM, the C++ runtime, strerror(ENOMEM).
bool complains_of_memory(std::string_view messages) {
  for (std::string_view words :
       {"out of memory", "virtual memory exhausted", "std::bad_alloc", "Cannot allocate memory", "memory exhausted"})
    if (messages.find(words) != std::string_view::npos) return true;
  return false;
}

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
}

// What the wait status means, given what we did to the child.
void classify(int status, bool killed_by_clock, bool stopped, const Limits& limits, ProcessResult& result) {
  result.ending = WIFEXITED(status) ? Ending::Exited : Ending::Signalled;
  result.code = WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status);
  if (result.ok()) return;

  const bool by_cpu_limit =
      limits.cpu_seconds > 0 && result.ending == Ending::Signalled &&
      (result.code == SIGXCPU || (result.code == SIGKILL && result.cpu_seconds >= limits.cpu_seconds));
  if (stopped) {
    result.ending = Ending::Stopped;
  } else if (killed_by_clock) {
    result.ending = Ending::TimedOut;
    result.time_limit = fmt::format("{:g} s (wall)", limits.wall_seconds);
  } else if (by_cpu_limit) {
    result.ending = Ending::TimedOut;
    result.time_limit = fmt::format("{:g} s (CPU)", limits.cpu_seconds);
  } else if (complains_of_memory(result.err) || (result.ending == Ending::Signalled && result.code == SIGKILL)) {
    // We did not send this SIGKILL; the kernel does, to the process that takes most when memory runs out.
    result.ending = Ending::OutOfMemory;
  }
}

}  // namespace

std::string ProcessResult::summary() const {
  switch (ending) {
    case Ending::Exited:
      return fmt::format("exit status {}", code);
    case Ending::Signalled:
      return fmt::format("killed by SIG{}", sigabbrev_np(code) != nullptr ? sigabbrev_np(code) : std::to_string(code));
    case Ending::TimedOut:
      return "time limit of " + time_limit;
    case Ending::OutOfMemory:
      return "out of memory";
    case Ending::Stopped:
      return "stopped";
    case Ending::NotStarted:
      return failure;
  }
  return "";
}

ProcessResult ProcessRunner::run(const ProcessSpec& spec) {
  ProcessResult result;
  const Clock::time_point start = Clock::now();
  if (stopped()) {
    result.ending = Ending::Stopped;
    return result;
  }

  Capture out(spec.limits.output_bytes), err(spec.limits.output_bytes);
  if (!out.open() || !err.open()) {
    result.failure = fmt::format("no pipe for {}: {}", spec.argv.at(0), std::strerror(errno));
    return result;
  }
  pid_t pid = 0;
  if (const int error = SpawnPlan().start(spec, out.child_end(), err.child_end(), &pid); error != 0) {
    result.failure = fmt::format("{} cannot be started: {}", spec.argv.at(0), std::strerror(error));
    return result;
  }
  out.close_child_end();
  err.close_child_end();
  limit_family(pid, spec.limits);
  {
    std::lock_guard lock(mutex_);
    live_.insert(pid);
    if (stopped()) kill(-pid, SIGKILL);
  }
  if (spec.on_start) spec.on_start(pid);

  // Without a pidfd (an old kernel, a full table of files) we look at the child every few milliseconds.
  Fd pidfd(static_cast<int>(syscall(SYS_pidfd_open, pid, 0)));
  bool killed_by_clock = false;
  double next_walk = kSecondWalk;
  for (bool running = true; running;) {
    const double elapsed = seconds_since(start);
    if (elapsed >= next_walk) {
      next_walk = 2 * elapsed;
      limit_family(pid, spec.limits);
    }
    const double left = spec.limits.wall_seconds - elapsed;
    if (left <= 0 && !killed_by_clock) {
      killed_by_clock = true;
      kill(-pid, SIGKILL);
    }
    const double patience = killed_by_clock ? 1.0 : std::clamp(left, 0.0, std::min(1000.0, next_walk - elapsed));
    const int milliseconds = pidfd.get() >= 0 ? static_cast<int>(std::ceil(patience * 1000)) : 5;
    std::array<pollfd, 3> fds = {pollfd{out.fd(), POLLIN, 0}, {err.fd(), POLLIN, 0}, {pidfd.get(), POLLIN, 0}};
    poll(fds.data(), fds.size(), milliseconds);
    out.drain();
    err.drain();
    siginfo_t ended{};
    if (pidfd.get() < 0) waitid(P_PID, static_cast<id_t>(pid), &ended, WEXITED | WNOHANG | WNOWAIT);
    running = (fds[2].revents & POLLIN) == 0 && ended.si_pid == 0;
  }

  {
    std::lock_guard lock(mutex_);
    kill(-pid, SIGKILL);
    live_.erase(pid);
  }
  int status = 0;
  rusage usage{};
  while (wait4(pid, &status, 0, &usage) < 0 && errno == EINTR) {
  }
  out.drain();
  err.drain();

  result.out = std::move(out.text);
  result.err = std::move(err.text);
  result.truncated = out.truncated || err.truncated;
  result.cpu_seconds = seconds(usage.ru_utime) + seconds(usage.ru_stime);
  result.wall_seconds = seconds_since(start);
  classify(status, killed_by_clock, stopped(), spec.limits, result);
  return result;
}

void ProcessRunner::stop(pid_t child) {
  std::lock_guard lock(mutex_);
  if (live_.contains(child)) kill(-child, SIGKILL);
}

void ProcessRunner::stop_all() {
  std::lock_guard lock(mutex_);
  stopped_ = true;
  for (pid_t pid : live_) kill(-pid, SIGKILL);
}

}  // namespace objhound::harness
