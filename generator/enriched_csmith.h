// Csmith's programs, enriched (generator/enrich), behind the Generator interface.
//
// Words: "enrich", and behind it any of "percent=N" (how many of the places are transformed; else drawn from the seed),
// "without=3,17" (leave out the transformations of these numbers, all others stay as they are; the program lists them
// in its first lines) and "only=outline,variadic" (no others than of these names; else coins of the seed choose).
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "generator/generator.h"

namespace objhound::generator {

// How the plain program of an enriched one is made, from how that was made (Program::options); an error if it was not
// made by this generator.
tl::expected<std::string, std::string> plain_options(std::string_view options);

// `words`: what stands behind "enrich". Fails if they are none of the above or Csmith is not installed.
tl::expected<std::unique_ptr<Generator>, std::string> make_enrich(std::string_view words, const RunCommand& run);

}  // namespace objhound::generator
