// The language-specific data area: which landing pad an exception goes to, call by call. It is what control flow inside
// C++ functions knows of exceptions, and nothing else in the object says that a landing pad can be reached at all.
//
// Source: the C++ runtime's personality routine reads it; the layout is that of "C++ Exception Handling Tables" in the
// Itanium C++ ABI's companion text, and of GCC's except.cc (output_function_exception_table). In order: the encoding
// and value of @LPStart, the encoding of type table entries and where the type table ends, the encoding and length of
// the call-site table, the call-site table, the action table, the type table (filled backwards from its end), and
// behind it exception specifications.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "oracle/elf/object.h"

namespace objhound::oracle {

// An exception that leaves a call in [begin, end) goes on at `landing_pad`.
struct CallSite {
  uint64_t begin, end;  // bytes from the start of the FDE's code
  Place landing_pad;    // invalid: nothing to do here, the caller is looked at next
};

struct Lsda {
  std::vector<CallSite> call_sites;  // ascending, disjoint
  uint64_t entries = 0;              // that were read, in vain or not: what the work was
  std::string trouble;               // what is wrong with the table; empty if nothing. Then there are no call sites
  bool unsupported = false;          // `trouble` is beyond what we read, not beyond what is allowed
};

// The table at `at` of the code [begin, begin + size). Never fails as a whole: see Lsda::trouble. Time and memory are
// linear in the table's length.
Lsda read_lsda(const ObjectFile& object, Place at, Place begin, uint64_t size);

// Whether a personality routine of this name reads the layout above.
bool reads_lsda(std::string_view personality);

}  // namespace objhound::oracle
