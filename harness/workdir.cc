#include "harness/workdir.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <system_error>

namespace objhound::harness {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPrefix = "objhound-";
constexpr uint64_t kRoomBytes = 1u << 30;

std::string default_base() {
  if (const char* chosen = std::getenv("TMPDIR"); chosen != nullptr && *chosen != 0) return chosen;
  // Objects in memory: a campaign on a slow disk would otherwise wait for it.
  struct statvfs space{};
  if (statvfs("/dev/shm", &space) == 0 && access("/dev/shm", W_OK | X_OK) == 0 &&
      uint64_t{space.f_bavail} * space.f_frsize >= kRoomBytes)
    return "/dev/shm";
  return "/tmp";
}

// The lock file, open and locked; or -1 with errno. The lock goes with the last process that has it open: us.
int open_and_lock(const std::string& path, int flags) {
  const int fd = open(path.c_str(), flags | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0) return fd;
  const int error = errno;
  if (fd >= 0) close(fd);
  errno = error;
  return -1;
}

// A lock file is locked before it gets its name: one that is there and free was left by the dead.
int create_lock(const std::string& directory) {
  const int fd = open_and_lock(directory + "/lock.new", O_CREAT);
  if (fd >= 0) rename((directory + "/lock.new").c_str(), (directory + "/lock").c_str());
  return fd;
}

// Removes directories of ours whose owner is dead. Other users' are left alone; so is what cannot be removed.
void remove_abandoned(const std::string& base) {
  std::error_code error;
  for (fs::directory_iterator entry(base, error), end; !error && entry != end; entry.increment(error)) {
    const std::string path = entry->path();
    if (!entry->path().filename().string().starts_with(kPrefix)) continue;
    struct stat status{};
    if (lstat(path.c_str(), &status) != 0 || !S_ISDIR(status.st_mode) || status.st_uid != geteuid()) continue;
    const int lock = open_and_lock(path + "/lock", 0);
    if (lock < 0) continue;
    std::error_code ignored;
    fs::remove_all(path, ignored);
    close(lock);
  }
}

std::string made(std::string directory) {
  std::error_code error;  // the first use of the directory will tell
  fs::create_directories(directory, error);
  return directory;
}

}  // namespace

tl::expected<std::unique_ptr<WorkDir>, std::string> WorkDir::create() { return create_in(default_base()); }

tl::expected<std::unique_ptr<WorkDir>, std::string> WorkDir::create_in(const std::string& base) {
  remove_abandoned(base);
  std::string root = fmt::format("{}/{}{}-XXXXXX", base, kPrefix, getpid());
  if (mkdtemp(root.data()) == nullptr)
    return tl::unexpected(
        fmt::format("no work directory in {}: {} (set TMPDIR to a place with room)", base, std::strerror(errno)));
  const int lock = create_lock(root);
  if (lock < 0) {
    const std::string reason = std::strerror(errno);
    std::error_code ignored;
    fs::remove_all(root, ignored);
    return tl::unexpected(fmt::format("{} cannot be locked: {} (set TMPDIR to a local place)", root, reason));
  }
  made(root + "/programs");
  made(root + "/workers");
  return std::unique_ptr<WorkDir>(new WorkDir(std::move(root), lock));
}

WorkDir::~WorkDir() {
  remove();
  close(lock_);
}

std::string WorkDir::program_directory(uint64_t seed) const { return made(fmt::format("{}/programs/{}", root_, seed)); }
std::string WorkDir::worker_directory(unsigned worker) const {
  return made(fmt::format("{}/workers/{}", root_, worker));
}
std::string WorkDir::worker_tmp(unsigned worker) const { return made(fmt::format("{}/workers/{}/tmp", root_, worker)); }

void WorkDir::remove_program(uint64_t seed) const {
  std::error_code ignored;
  fs::remove_all(fmt::format("{}/programs/{}", root_, seed), ignored);
}

void WorkDir::empty_worker_tmp(unsigned worker) const {
  std::error_code ignored;
  fs::remove_all(fmt::format("{}/workers/{}/tmp", root_, worker), ignored);
  worker_tmp(worker);
}

void WorkDir::remove() const {
  // A child that is just being killed may add a file behind our back; then the directory is not empty.
  for (int attempt = 0; attempt < 10; ++attempt) {
    std::error_code error;
    fs::remove_all(root_, error);
    if (!error) return;
    usleep(20'000);
  }
}

}  // namespace objhound::harness
