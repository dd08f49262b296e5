// Csmith's programs with what Csmith does not write woven into them: switches, state machines and tables of labels for
// branches and loops, calls through pointers and ellipses, locals in dynamic and over-aligned memory, blocks in
// functions of their own. The meaning stays: the checksum is that of Csmith's program, which is an oracle (OH501) as
// well as a test.
#pragma once

#include <string>
#include <tl/expected.hpp>

#include "generator/enrich/plan.h"

namespace objhound::generator::enrich {

// Csmith's program with the transformations that the decisions and options say. A pure function of its arguments; with
// no transformation the text is a program of the same tokens. Fails with a line for people on what Csmith did not
// write.
tl::expected<std::string, std::string> enriched(std::string csmith_program, weave::Decisions& decisions,
                                                const Options& options);

}  // namespace objhound::generator::enrich
