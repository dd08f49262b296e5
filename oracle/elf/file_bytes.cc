#include "oracle/elf/file_bytes.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <new>
#include <utility>

namespace objhound::oracle {

struct FileDescriptor {
  explicit FileDescriptor(int open) : fd(open) {}
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;
  ~FileDescriptor() {
    if (fd >= 0) close(fd);
  }
  const int fd;
};

namespace {

tl::unexpected<Error> cannot_read(const std::string& path, const char* remedy) {
  return tl::unexpected(Error{path, std::string("cannot be read: ") + std::strerror(errno), remedy});
}

// Sets `size` to that of the file, in bytes.
Result<std::shared_ptr<const FileDescriptor>> open_regular(const std::string& path, uint64_t& size) {
  auto file = std::make_shared<const FileDescriptor>(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file->fd < 0) return cannot_read(path, "check the name and its permissions");
  struct stat status;
  if (fstat(file->fd, &status) != 0) return cannot_read(path, "");
  if (S_ISDIR(status.st_mode)) return tl::unexpected(Error{path, "is a directory", "name the files in it"});
  if (!S_ISREG(status.st_mode)) {
    return tl::unexpected(Error{path, "is not a regular file", "copy its contents to one"});
  }
  size = static_cast<uint64_t>(status.st_size);
  return file;
}

// How many bytes there were from `offset` on, less than `room` if the file became shorter meanwhile; -1 if it cannot be
// read.
ssize_t fill(int fd, uint64_t offset, std::span<uint8_t> room) {
  size_t done = 0;
  while (done < room.size()) {
    const ssize_t got = pread(fd, room.data() + done, room.size() - done, static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return -1;
    if (got == 0) break;
    done += static_cast<size_t>(got);
  }
  return static_cast<ssize_t>(done);
}

// Programs with all of their debug information are a few gigabytes; sparse files seem to be terabytes.
constexpr size_t kLargest = size_t{4} << 30;  // bytes

// Not mapped: a file that a compiler rewrites meanwhile would take the process down by SIGBUS.
Result<FileBytes> read_up_to(const std::string& path, size_t most, bool cut) {
  uint64_t size = 0;
  const auto file = open_regular(path, size);
  if (!file) return tl::unexpected(file.error());
  if (!cut && size > most) {
    return tl::unexpected(Error{path, fmt::format("is larger than {} GiB", most >> 30), "strip its debug information"});
  }
  FileBytes file_bytes;
  const size_t expected = std::min<uint64_t>(size, most);
  try {
    file_bytes.storage = std::make_unique_for_overwrite<uint8_t[]>(expected);
  } catch (const std::bad_alloc&) {
    return tl::unexpected(Error{path, "does not fit into memory", "check it on a machine with more"});
  }
  const ssize_t got = fill((*file)->fd, 0, {file_bytes.storage.get(), expected});
  if (got < 0) return cannot_read(path, "");
  file_bytes.size = static_cast<size_t>(got);
  return file_bytes;
}

}  // namespace

Result<FileBytes> FileBytes::read(const std::string& path) { return read_up_to(path, kLargest, false); }

Result<FileBytes> FileBytes::read_head(const std::string& path, size_t most) { return read_up_to(path, most, true); }

Result<FileParts> FileParts::open(const std::string& path) {
  FileParts parts;
  auto file = open_regular(path, parts.size_);
  if (!file) return tl::unexpected(file.error());
  parts.file_ = std::move(*file);
  return parts;
}

std::span<const uint8_t> FileParts::part(uint64_t offset, uint64_t size) {
  if (offset > size_) return {};
  size = std::min(size, size_ - offset);
  if (file_ == nullptr) return bytes_.subspan(offset, size);
  try {
    parts_.push_back(std::make_unique_for_overwrite<uint8_t[]>(size));
  } catch (const std::bad_alloc&) {
    return {};
  }
  const ssize_t got = fill(file_->fd, offset, {parts_.back().get(), size});
  return {parts_.back().get(), static_cast<size_t>(std::max<ssize_t>(got, 0))};
}

}  // namespace objhound::oracle
