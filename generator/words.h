// Command lines as one string, in the quoting that every shell understands, and back.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace objhound::generator {

// Splits at blanks; '...' , "..." and \ quote as in POSIX sh (2.2 Quoting). Nothing is expanded. Fails on a quote that
// is never closed.
tl::expected<std::vector<std::string>, std::string> split_words(std::string_view line);
// The inverse: words that need it are put in quotes.
std::string join_words(std::span<const std::string> words);

}  // namespace objhound::generator
