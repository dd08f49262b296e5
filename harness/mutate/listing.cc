#include "harness/mutate/listing.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace objhound::harness::mutation {
namespace {

constexpr std::string_view kSymbol = "objhound_line_";
constexpr std::string_view kBlank = " \t";
constexpr std::array<std::string_view, 10> kData = {".quad", ".8byte", ".xword", ".long",  ".4byte",
                                                    ".word", ".2byte", ".hword", ".short", ".byte"};

std::string_view trimmed(std::string_view text) {
  const size_t first = text.find_first_not_of(kBlank);
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) + 1 - first);
}

Line parse_line(std::string_view text, std::string_view comment) {
  Line line;
  line.text = text;
  const std::string_view code = trimmed(text.substr(0, text.find(comment)));
  // "#" starts a line comment and a preprocessor's line marker on every architecture.
  if (code.empty() || code.front() == '#' || code.front() == '/') return line;
  const size_t end = std::min(code.find_first_of(kBlank), code.size());
  const std::string_view word = code.substr(0, end);
  if (word.back() == ':') {
    line.kind = Line::Kind::Label;
    line.word = word.substr(0, word.size() - 1);
    return line;
  }
  line.word = word;
  line.operands = trimmed(code.substr(end));
  if (word.starts_with(".cfi_")) {
    line.kind = Line::Kind::Cfi;
  } else if (std::ranges::find(kData, word) != kData.end()) {
    line.kind = Line::Kind::Data;
  } else if (word.front() != '.' && line.operands.find('=') != 0) {  // `name = value` defines a symbol
    line.kind = Line::Kind::Instruction;
  }
  return line;
}

// Outside of a function's description the assembler takes no symbol in front of some of them badly, and inside it gains
// nothing: these two stand at its ends.
bool wants_symbol(const Line& line) { return line.kind != Line::Kind::Other && line.word != ".cfi_sections"; }

}  // namespace

Listing Listing::parse(std::string_view text, std::string_view comment) {
  Listing listing;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    listing.lines.push_back(parse_line(text.substr(0, end), comment));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return listing;
}

std::string Listing::with_symbols() const {
  std::string text;
  for (size_t i = 0; i < lines.size(); ++i) {
    if (wants_symbol(lines[i])) text += fmt::format("{}{}:\n", kSymbol, i);
    text += lines[i].text + "\n";
  }
  return text;
}

void Listing::place(const oracle::ObjectFile& object) {
  for (const oracle::Symbol& symbol : object.symbols()) {
    if (!symbol.name.starts_with(kSymbol)) continue;
    size_t line = lines.size();
    const char* const end = symbol.name.data() + symbol.name.size();
    const auto [rest, error] = std::from_chars(symbol.name.data() + kSymbol.size(), end, line);
    if (error == std::errc() && rest == end && line < lines.size()) lines[line].place = symbol.place;
  }
}

std::string with_edits(const Listing& listing, const std::vector<Edit>& edits) {
  std::string text;
  size_t next = 0;
  for (size_t i = 0; i < listing.lines.size(); ++i) {
    const bool edited = next < edits.size() && edits[next].line == i;
    const std::string& line = edited ? edits[next++].text : listing.lines[i].text;
    if (!edited || !line.empty()) text += line + "\n";
  }
  return text;
}

}  // namespace objhound::harness::mutation
