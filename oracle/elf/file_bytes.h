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

  // The first `most` bytes of a regular file, by default all. Fails, and never waits, if it is none or cannot be read.
  static Result<FileBytes> read(const std::string& path, size_t most = SIZE_MAX);
};

}  // namespace objhound::oracle
