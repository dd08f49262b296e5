// Archives: the static libraries that a linker takes objects from. GNU's and BSD's form of the same format
// (ar(5); System V ABI, chapter 7, "Archive File"); thin archives, whose members are files elsewhere, are refused.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "oracle/elf/file_bytes.h"
#include "oracle/error.h"

namespace objhound::oracle {

struct ArchiveMember {
  std::string name;                // as the archive has it; several may have the same
  std::span<const uint8_t> bytes;  // in the archive's
};

// The members of an archive, its indices left out. Untrusted bytes: fails if they contradict themselves.
Result<std::vector<ArchiveMember>> read_archive(const std::string& path, std::span<const uint8_t> bytes);

// Whether a file says of itself that it is an archive. No for files that cannot be read.
bool is_archive(const std::string& path);

}  // namespace objhound::oracle
