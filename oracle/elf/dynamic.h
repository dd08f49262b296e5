// What a linked file says to the dynamic linker (System V gABI, "Dynamic Section"): which libraries it needs, where to
// look for them, and which functions it has for others. Read as the dynamic linker reads it, by the program headers,
// and no other byte: a library that has no answer to a question is not looked at any further.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "oracle/elf/file_bytes.h"
#include "oracle/error.h"

namespace objhound::oracle {

struct DynamicInfo {
  uint16_t machine = 0;                // EM_*
  std::vector<std::string> needed;     // DT_NEEDED, in order
  std::vector<std::string> run_path;   // directories of DT_RUNPATH or, without one, of DT_RPATH, as they stand there
  bool run_path_is_inherited = false;  // DT_RPATH: the libraries that are needed in turn are looked for there too
  std::string build_id;                // hexadecimal; empty if there is none
};

// Fails, naming `path`, for what no dynamic linker would load. Lists are cut where they are longer than any honest one.
Result<DynamicInfo> read_dynamic_info(const std::string& path, FileParts file);

// Those of `names` of which the file has functions for others; sorted. Damage counts as none.
std::vector<std::string> defined_functions(FileParts file, std::span<const std::string> names);

}  // namespace objhound::oracle
