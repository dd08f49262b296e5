// Every architecture whose programs can be run. A new one is an arch-*.cc file, a line here and a line in target.cc.
#pragma once

#include "oracle/witness/target.h"

namespace objhound::oracle::witness {

const Target& x86_64_target();
const Target& arm64_target();

}  // namespace objhound::oracle::witness
