// Programs that Csmith does not write: of the constructs that shape control flow and frames, free of undefined
// behaviour by construction, and checking themselves: each prints a checksum of all that it has done.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <tl/expected.hpp>

#include "generator/generator.h"
#include "generator/weave/decisions.h"

namespace objhound::generator::weave {

// The program of a string of decisions (decisions.h); never fails.
std::string program_of(Decisions& decisions);

// The command that writes the program of these decisions again.
std::string options_of(const Decisions& decisions);

// A pure function of the seed; needs no program and never fails.
std::unique_ptr<Generator> make_weave();
// Of one program, whatever the seed: that of the decisions (to_hex). Fails with a line for people.
tl::expected<std::unique_ptr<Generator>, std::string> make_weave_of(const std::string& hex);

}  // namespace objhound::generator::weave
