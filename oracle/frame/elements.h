// Stores to elements of the program's arrays that seem to reach a save slot.
#pragma once

#include "oracle/frame/interpreter.h"

namespace objhound::oracle {

// Asks of each store that overwrote something of the frame on the way to `frame`, which is the fixpoint, whether it is
// an element's (see elements.cc), and tells `transfer`. Returns whether there are any that it did not know: the
// fixpoint then has to be found anew.
bool find_element_stores(const Cfg& cfg, const Frame& frame, Transfer& transfer);

}  // namespace objhound::oracle
