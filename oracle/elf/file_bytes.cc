#include "oracle/elf/file_bytes.h"

#include <fcntl.h>
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

}  // namespace

// Not mapped: a file that a compiler rewrites meanwhile would take the process down by SIGBUS.
Result<FileBytes> FileBytes::read(const std::string& path, size_t most) {
  const FileDescriptor file{open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
  if (file.fd < 0) return cannot_read(path, "check the name and its permissions");
  struct stat status;
  if (fstat(file.fd, &status) != 0) return cannot_read(path, "");
  if (S_ISDIR(status.st_mode)) return tl::unexpected(Error{path, "is a directory", "name the files in it"});
  if (!S_ISREG(status.st_mode)) {
    return tl::unexpected(Error{path, "is not a regular file", "copy its contents to one"});
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

}  // namespace objhound::oracle
