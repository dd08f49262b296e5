// .eh_frame_hdr: the linker's binary search table over .eh_frame. An unwinder that finds no entry, or a wrong one, in
// it never looks at .eh_frame: for a running program the table is the truth.
//
// Source: LSB Core 5.0, 10.6.2 ("The .eh_frame_hdr section").
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "oracle/elf/object.h"

namespace objhound::oracle {

// An FDE of .eh_frame as it stands there.
struct ListedFde {
  uint64_t entry_offset;  // of the FDE in .eh_frame
  Place begin;            // the code that it covers
  uint64_t size;          // bytes; 0: none
};

struct HeaderProblem {
  Place place;  // the code it concerns, if known
  std::string what;
};

// What is wrong with the table of a linked file. `listed` are all FDEs of `eh_frame`, by entry_offset. Of each kind of
// disagreement the first is reported. Nothing if the file has no such table.
std::vector<HeaderProblem> check_frame_header(const ObjectFile& object, uint32_t eh_frame,
                                              std::span<const ListedFde> listed);

}  // namespace objhound::oracle
