// Programs that Csmith does not write: of the constructs that shape control flow and frames, free of undefined
// behaviour by construction, and checking themselves: each prints a checksum of all that it has done.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "generator/generator.h"
#include "generator/weave/decisions.h"

namespace objhound::generator::weave {

// What is asked for beside the decisions.
enum class Language : uint8_t { C, Cplusplus };
struct Size {
  uint32_t functions = 8;    // of a program, at most
  uint32_t statements = 60;  // of a function, at most
  uint32_t levels = 3;       // of statements in statements
};
struct Options {
  Language language = Language::C;
  Size size;
};

// "small", "medium", "large", or how many statements a program has in the mean, from 1 to 100,000. Fails with a line
// for people.
tl::expected<Size, std::string> size_of(std::string_view words);

// The program of a string of decisions (decisions.h); never fails.
std::string program_of(Decisions& decisions, const Options& options = {});

// The command that writes the program of these decisions again.
std::string options_of(const Decisions& decisions);

// "weave" and "weave-c++", with " --size SIZE" behind it or not: pure functions of the seed that need no program and
// never fail. Fails if the words are others.
tl::expected<std::unique_ptr<Generator>, std::string> make_weave(std::string_view words);
std::unique_ptr<Generator> make_weave();  // "weave"
// Of one program, whatever the seed: that of the decisions (to_hex). Fails with a line for people.
tl::expected<std::unique_ptr<Generator>, std::string> make_weave_of(const std::string& hex);

}  // namespace objhound::generator::weave
