#include "results/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace objhound::results {

namespace {

struct Character {
  size_t bytes;  // 1 if it is no UTF-8
  char32_t code;
  bool valid;
};

// The first character of a text that is not empty (Unicode 15, table 3-7: no surrogates, no overlong forms).
Character first_character(std::string_view text) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {1, lead, true};
  const size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || text.size() < length) return {1, lead, false};
  char32_t code = lead & (0x7fU >> length);
  for (size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return {1, lead, false};
    code = code << 6 | (byte(i) & 0x3fU);
  }
  constexpr char32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  if (code < kSmallest[length] || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return {1, lead, false};
  return {length, code, true};
}

bool is_obeyed(char32_t code) {
  return code < 0x20 || (code >= 0x7f && code < 0xa0) || (code >= 0x200b && code <= 0x200f) ||
         (code >= 0x2028 && code <= 0x202e) || (code >= 0x2060 && code <= 0x206f) || code == 0xfeff;
}

template <typename Escape>
std::string cleaned(std::string_view text, Escape escape) {
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    const Character c = first_character(text);
    if (const std::string_view instead = escape(c); !instead.empty()) {
      result += instead;
    } else if (!c.valid || (is_obeyed(c.code) && c.code < 0x100)) {
      result += fmt::format("\\x{:02x}", static_cast<uint32_t>(c.code));
    } else if (is_obeyed(c.code)) {
      result += fmt::format("\\u{{{:04x}}}", static_cast<uint32_t>(c.code));
    } else {
      result += text.substr(0, c.bytes);
    }
    text.remove_prefix(c.bytes);
  }
  return result;
}

}  // namespace

std::string printable(std::string_view text, bool lines) {
  return cleaned(text, [&](const Character& c) -> std::string_view {
    if (c.valid && c.code == '\n' && lines) return "\n";
    if (c.valid && c.code == '\t') return "  ";
    return {};
  });
}

std::string html(std::string_view text) {
  return cleaned(text, [](const Character& c) -> std::string_view {
    if (!c.valid) return {};
    switch (c.code) {
      case '&':
        return "&amp;";
      case '<':
        return "&lt;";
      case '>':
        return "&gt;";
      case '"':
        return "&quot;";
      case '\'':
        return "&#39;";
      case '\n':
        return "\n";
      case '\t':
        return "  ";
      default:
        return {};
    }
  });
}

std::vector<std::string> shell_words(std::string_view line) {
  std::vector<std::string> words;
  std::string word;
  bool in_word = false;
  char quote = 0;
  for (size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    const bool more = i + 1 < line.size();
    if (quote == '\'') {
      c == '\'' ? void(quote = 0) : void(word += c);
    } else if (c == '\\' && more && (quote == 0 || std::string_view("\"\\$`").find(line[i + 1]) != line.npos)) {
      word += line[++i];
      in_word = true;
    } else if (quote == '"') {
      c == '"' ? void(quote = 0) : void(word += c);
    } else if (c == '\'' || c == '"') {
      quote = c;
      in_word = true;
    } else if (c == ' ' || c == '\t' || c == '\n') {
      if (in_word) words.push_back(std::move(word));
      word.clear();
      in_word = false;
    } else {
      word += c;
      in_word = true;
    }
  }
  if (in_word) words.push_back(std::move(word));
  return words;
}

std::string shell_quoted(const std::string& word) {
  constexpr std::string_view kPlain = "%+,-./0123456789:=@ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
  if (!word.empty() && word.find_first_not_of(kPlain) == std::string::npos) return word;
  if (printable(word) != word) {
    std::string result = "$'";
    for (unsigned char c : word) {
      result += c >= 0x20 && c < 0x7f && c != '\'' && c != '\\' ? std::string(1, static_cast<char>(c))
                                                                : fmt::format("\\x{:02x}", c);
    }
    return result + "'";
  }
  std::string result = "'";
  for (char c : word) result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return result + "'";
}

std::string shell_quoted(const std::vector<std::string>& words) {
  std::string line;
  for (const std::string& word : words) line += (line.empty() ? "" : " ") + shell_quoted(word);
  return line;
}

std::string grouped(uint64_t number) {
  std::string digits = std::to_string(number);
  for (size_t i = digits.size(); i > 3;) digits.insert(i -= 3, ",");
  return digits;
}

std::string percent(uint64_t part, uint64_t whole) {
  if (whole == 0) return "-";
  if (part == 0) return "0%";
  if (part >= whole) return "100%";
  const double share = 100.0 * static_cast<double>(part) / static_cast<double>(whole);
  if (share < 0.01) return "<0.01%";
  if (share > 99.99) return ">99.99%";
  if (share < 0.1 || share > 99.9) return fmt::format("{:.2f}%", std::clamp(share, 0.01, 99.99));
  return fmt::format("{:.1f}%", share);
}

std::string duration(double seconds) {
  if (!(seconds >= 0) || seconds > 1e12) return "-";
  if (seconds < 10) return fmt::format("{:.1f} s", seconds);
  const auto whole = static_cast<uint64_t>(std::llround(seconds));
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{} min {:02} s", whole / 60, whole % 60);
  return fmt::format("{} h {:02} min", whole / 3600, whole / 60 % 60);
}

std::string rate(double value) {
  if (!std::isfinite(value) || value < 0) return "-";
  const char* unit = "";
  for (const char* next : {" k", " M", " G"}) {
    if (value < 999.5) break;
    value /= 1000;
    unit = next;
  }
  const int decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
  return fmt::format("{:.{}f}{}", value, decimals, unit);
}

std::string compact(uint64_t number) {
  return number < 1000 ? std::to_string(number) : rate(static_cast<double>(number));
}

std::string counted(uint64_t number, std::string_view one, std::string_view many) {
  const std::string plural = many.empty() ? std::string(one) + "s" : std::string(many);
  return grouped(number) + " " + (number == 1 ? std::string(one) : plural);
}

}  // namespace objhound::results
