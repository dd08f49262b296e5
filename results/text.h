// Words for reports. What comes from a database may be any bytes: it is made harmless here, for terminals and browsers.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace objhound::results {

// As UTF-8 that a terminal shows and does not obey: control characters, direction overrides and bytes that are no
// UTF-8 become \xNN or \u{NNNN}. Line ends stay if `lines`.
std::string printable(std::string_view text, bool lines = false);
// For HTML text and for attribute values in double quotes: & < > " ' escaped, and as printable() for the rest.
std::string html(std::string_view text);

// Splits at blanks; quotes and backslash as in POSIX sh, nothing expanded. A quote that is not closed ends at the end.
std::vector<std::string> shell_words(std::string_view line);
// A word that every shell takes as this one word, whatever is in it. Control characters need $'...' of bash and zsh.
std::string shell_quoted(const std::string& word);
std::string shell_quoted(const std::vector<std::string>& words);  // with blanks between

// "1,234,567"
std::string grouped(uint64_t number);
// "98.7%"; never "100%" or "0%" unless it is all or none. "-" of nothing.
std::string percent(uint64_t part, uint64_t whole);
// "3 min 12 s", "8 h 02 min", "0.4 s"
std::string duration(double seconds);
// Three figures with a unit: "41.2", "1.84 k", "12.3 M"
std::string rate(double per_second);
// A count in little room: "987", "3.27 k"
std::string compact(uint64_t number);
// "1 finding", "2 findings"
std::string counted(uint64_t number, std::string_view one, std::string_view many = "");

}  // namespace objhound::results
