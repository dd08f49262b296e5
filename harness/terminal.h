// Reports as a terminal shows them. Names come from files that anybody may have written: as they stand there, they
// could move the cursor, or end the line and begin one that looks like ours.
#pragma once

#include <string>

#include "oracle/oracle.h"

namespace objhound::harness {

// oracle::to_terminal_text() with whatever is not text made visible.
std::string terminal_text(oracle::FileReport report, bool colour);

}  // namespace objhound::harness
