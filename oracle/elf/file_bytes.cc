#include "oracle/elf/file_bytes.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <new>

namespace objhound::oracle {
namespace {

struct FileDescriptor {
  int fd;
  ~FileDescriptor() {
    if (fd >= 0) close(fd);
  }
};

tl::unexpected<Error> cannot_read(const std::string& path, const char* remedy) {
  return tl::unexpected(Error{path, std::string("cannot be read: ") + std::strerror(errno), remedy});
}

// Programs with all of their debug information are a few gigabytes; sparse files seem to be terabytes.
constexpr size_t kLargest = size_t{4} << 30;  // bytes

// Not mapped: a file that a compiler rewrites meanwhile would take the process down by SIGBUS.
Result<FileBytes> read_up_to(const std::string& path, size_t most, bool cut) {
  const FileDescriptor file{open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
  if (file.fd < 0) return cannot_read(path, "check the name and its permissions");
  struct stat status;
  if (fstat(file.fd, &status) != 0) return cannot_read(path, "");
  if (S_ISDIR(status.st_mode)) return tl::unexpected(Error{path, "is a directory", "name the files in it"});
  if (!S_ISREG(status.st_mode)) {
    return tl::unexpected(Error{path, "is not a regular file", "copy its contents to one"});
  }
  if (!cut && static_cast<uint64_t>(status.st_size) > most) {
    return tl::unexpected(Error{path, fmt::format("is larger than {} GiB", most >> 30), "strip its debug information"});
  }
  FileBytes file_bytes;
  const size_t expected = std::min(static_cast<size_t>(status.st_size), most);
  try {
    file_bytes.storage = std::make_unique_for_overwrite<uint8_t[]>(expected);
  } catch (const std::bad_alloc&) {
    return tl::unexpected(Error{path, "does not fit into memory", "check it on a machine with more"});
  }
  while (file_bytes.size < expected) {
    const ssize_t got = ::read(file.fd, file_bytes.storage.get() + file_bytes.size, expected - file_bytes.size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return cannot_read(path, "");
    if (got == 0) break;  // it became shorter meanwhile
    file_bytes.size += static_cast<size_t>(got);
  }
  return file_bytes;
}

}  // namespace

Result<FileBytes> FileBytes::read(const std::string& path) { return read_up_to(path, kLargest, false); }

Result<FileBytes> FileBytes::read_head(const std::string& path, size_t most) { return read_up_to(path, most, true); }

}  // namespace objhound::oracle
