// Code of a linked file that nothing describes: no symbol names it and no unwind entry covers it. Start-up code of the
// C library, stubs that some linkers make, assembly without directives. It is not checked, and said to be so.
#pragma once

#include <vector>

#include "oracle/cfi/rows.h"
#include "oracle/decode/decoder.h"
#include "oracle/elf/object.h"

namespace objhound::oracle {

// Sorted by begin; padding around it is left out. Empty for a relocatable object.
std::vector<CodeExtent> undescribed_code(const ObjectFile& object, const CfiTable& cfi, Decoder& decoder);

// Extents of the code that the unwind entries cover, sorted, with the fragments told from the functions by their rows.
std::vector<CodeExtent> described_code(const ObjectFile& object, const CfiTable& cfi, Decoder& decoder);

}  // namespace objhound::oracle
