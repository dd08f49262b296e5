#include "generator/enrich/tokens.h"

#include <algorithm>
#include <array>

namespace objhound::generator::enrich {
namespace {

// The longest first.
constexpr std::array<std::string_view, 23> kMarks = {"...", "<<=", ">>=", "->", "++", "--", "<<", ">>",
                                                     "<=",  ">=",  "==",  "!=", "&&", "||", "+=", "-=",
                                                     "*=",  "/=",  "%=",  "&=", "^=", "|=", "##"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

}  // namespace

Lexed lex(std::string_view text) {
  Lexed lexed;
  bool line_begins = true;
  size_t at = 0;
  uint32_t line = 1;
  const auto end_of_line = [&] { return std::min(text.find('\n', at), text.size()); };
  const auto add = [&](Token::Kind kind, size_t end) {
    lexed.tokens.push_back({kind, static_cast<uint32_t>(at), static_cast<uint32_t>(end), line});
    at = end;
    line_begins = false;
  };
  while (at < text.size()) {
    const char c = text[at];
    if (c == '\n') line_begins = true;
    line += c == '\n';
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      ++at;
    } else if (text.substr(at, 2) == "//") {
      at = end_of_line();
    } else if (text.substr(at, 2) == "/*") {
      size_t end = text.find("*/", at + 2);
      end = end == text.npos ? text.size() : end + 2;
      line += static_cast<uint32_t>(std::count(text.begin() + at, text.begin() + end, '\n'));
      at = end;
    } else if (c == '#' && line_begins) {
      const bool include = text.substr(at, 8) == "#include";
      at = end_of_line();
      if (include) lexed.after_includes = static_cast<uint32_t>(std::min(at + 1, text.size()));
    } else if (is_letter(c)) {
      size_t end = at + 1;
      while (end < text.size() && (is_letter(text[end]) || is_digit(text[end]))) ++end;
      add(Token::Kind::Word, end);
    } else if (is_digit(c) || (c == '.' && at + 1 < text.size() && is_digit(text[at + 1]))) {
      size_t end = at + 1;  // a preprocessing number (C11 6.4.8)
      while (end < text.size()) {
        const bool exponent = std::string_view("eEpP").find(text[end - 1]) != std::string_view::npos;
        const bool hexadecimal = text.substr(at, 2) == "0x" || text.substr(at, 2) == "0X";
        const bool sign = (text[end] == '+' || text[end] == '-') && exponent &&
                          (!hexadecimal || text[end - 1] == 'p' || text[end - 1] == 'P');
        if (!sign && !is_letter(text[end]) && !is_digit(text[end]) && text[end] != '.') break;
        ++end;
      }
      add(Token::Kind::Number, end);
    } else if (c == '"' || c == '\'') {
      size_t end = at + 1;
      while (end < text.size() && text[end] != c && text[end] != '\n') end += text[end] == '\\' ? 2 : 1;
      add(Token::Kind::String, std::min(end + 1, text.size()));
    } else {
      const auto mark = std::find_if(kMarks.begin(), kMarks.end(),
                                     [&](std::string_view m) { return text.substr(at, m.size()) == m; });
      add(Token::Kind::Mark, at + (mark == kMarks.end() ? 1 : mark->size()));
    }
  }
  return lexed;
}

}  // namespace objhound::generator::enrich
