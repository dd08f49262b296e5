// Registers that the ABI lets a callee change and that its code leaves alone. Compilers rely on it where they write
// both sides: what probes a large frame page by page is told its size in a register, and SP is lowered by that register
// behind the call (__rust_probestack, the like of __chkstk).
#pragma once

#include "oracle/arch.h"
#include "oracle/cfg/code_view.h"

namespace objhound::oracle {

// Of the registers that calls may change, those that no instruction of the function writes. The function must be a
// small leaf, whose code lies in one piece and is left by returns alone; of any other nothing is known, and the set is
// empty; so it is for kNoIndex.
RegSet kept_registers(const CodeView& view, uint32_t function);

}  // namespace objhound::oracle
