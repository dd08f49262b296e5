// Every architecture there is. A new one is a set of arch-*.cc files, a line here and a line in arch.cc.
#pragma once

#include "oracle/arch.h"

namespace objhound::oracle {

const Arch& x86_64_arch();
const Arch& arm64_arch();

}  // namespace objhound::oracle
