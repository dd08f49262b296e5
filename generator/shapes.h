// Programs for what makes control flow and frames hard to rebuild: switches of every kind, in frames of every kind.
#pragma once

#include <memory>

#include "generator/generator.h"

namespace objhound::generator {

// A pure function of the seed; needs no program and never fails. The programs are made to be compiled, not to be run.
std::unique_ptr<Generator> make_shapes();

}  // namespace objhound::generator
