// A file's bytes, read into memory of our own: all of them, or some.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "oracle/error.h"

namespace objhound::oracle {

struct FileBytes {
  std::unique_ptr<uint8_t[]> storage;
  size_t size = 0;

  std::span<const uint8_t> bytes() const { return {storage.get(), size}; }

  // All bytes of a regular file. Fails, and never waits, if it is none, cannot be read or is larger than any program.
  static Result<FileBytes> read(const std::string& path);
  // The first `most` of them, however large it is.
  static Result<FileBytes> read_head(const std::string& path, size_t most);
};

// Bytes of which only those are read that somebody asks for: a large library may have to be looked into for little.
class FileParts {
 public:
  // Of bytes that are in memory, and stay there.
  FileParts(std::span<const uint8_t> bytes) : bytes_(bytes), size_(bytes.size()) {}
  FileParts(const std::vector<uint8_t>& bytes) : FileParts(std::span(bytes)) {}
  // Of a regular file; fails, and never waits, if it is none or cannot be read.
  static Result<FileParts> open(const std::string& path);

  uint64_t size() const { return size_; }
  // From `offset` on at most `size` bytes: what is there of them. They stay while this object does.
  std::span<const uint8_t> part(uint64_t offset, uint64_t size);

 private:
  FileParts() = default;

  std::span<const uint8_t> bytes_;
  std::shared_ptr<const struct FileDescriptor> file_;  // null: all is in `bytes_`
  uint64_t size_ = 0;
  std::vector<std::unique_ptr<uint8_t[]>> parts_;
};

}  // namespace objhound::oracle
