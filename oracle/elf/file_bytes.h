// A file's bytes, read into memory of our own.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

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

}  // namespace objhound::oracle
