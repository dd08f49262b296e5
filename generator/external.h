// Generators that are not ours: any program that writes C, and a directory of C files that somebody kept.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "generator/generator.h"

namespace objhound::generator {

// `words`: a command line in shell quoting (see split_words) with {seed} in it, and {output} where the program expects
// the name of the file to write; without {output} its standard output is the program.
// Fails if the quoting is open, {seed} is missing, or the program is not found.
tl::expected<std::unique_ptr<Generator>, std::string> make_command(std::string_view words);

// The *.c files of a directory (not of its subdirectories), in the order of their names; the seed counts from 0.
// The directory itself is on the include path. Fails if it cannot be read or has no C files.
tl::expected<std::unique_ptr<Generator>, std::string> make_replay(const std::string& directory);

}  // namespace objhound::generator
