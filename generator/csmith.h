// Csmith (Yang, Chen, Eide, Regehr, PLDI 2011) behind the Generator interface.
#pragma once

#include <memory>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "generator/generator.h"

namespace objhound::generator {

// The command line for a seed: features switched by fair coins, sizes drawn from ranges that keep a compilation at
// -O2 around a tenth of a second. A pure function of the seed.
std::vector<std::string> csmith_command(uint64_t seed);

// Fails if csmith or its headers are not installed.
tl::expected<std::unique_ptr<Generator>, std::string> make_csmith(const RunCommand& run);

}  // namespace objhound::generator
