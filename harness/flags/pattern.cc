#include "harness/flags/pattern.h"

#include <fmt/format.h>

#include <charconv>
#include <optional>

namespace objhound::harness {
namespace {

constexpr std::string_view kOnOrOff = "[no-]", kRange = "..";

std::optional<uint64_t> number(std::string_view text) {
  uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value > UINT32_MAX) return {};
  return value;
}

std::vector<std::string> split_at_commas(std::string_view text) {
  std::vector<std::string> parts;
  for (;;) {
    const size_t comma = text.find(',');
    parts.emplace_back(text.substr(0, comma));
    if (comma == text.npos) return parts;
    text.remove_prefix(comma + 1);
  }
}

}  // namespace

tl::expected<Pattern, std::string> Pattern::parse(std::string_view text) {
  Pattern pattern;
  pattern.text_ = text;
  const auto wrong = [&](std::string_view what) {
    return tl::unexpected(fmt::format("flag '{}': {}", pattern.text_, what));
  };
  if (!text.starts_with('-')) return wrong("must begin with '-'");
  while (!text.empty()) {
    const size_t next = text.find_first_of("[{");
    if (next != 0) {
      pattern.pieces_.push_back({{std::string(text.substr(0, next))}});
      text.remove_prefix(std::min(next, text.size()));
    } else if (text.starts_with(kOnOrOff)) {
      pattern.pieces_.push_back({{"", "no-"}});
      text.remove_prefix(kOnOrOff.size());
    } else {
      const size_t end = text.find('}');
      if (text.front() != '{' || end == text.npos) return wrong("write [no-], {a,b} or {1..9}");
      const std::string_view inside = text.substr(1, end - 1);
      text.remove_prefix(end + 1);
      const size_t dots = inside.find(kRange);
      if (dots == inside.npos) {
        pattern.pieces_.push_back({split_at_commas(inside)});
        continue;
      }
      const auto low = number(inside.substr(0, dots)), high = number(inside.substr(dots + kRange.size()));
      if (!low || !high || *low > *high) return wrong("a range is {LOW..HIGH}, two numbers");
      pattern.pieces_.push_back({{}, *low, *high});
    }
  }
  return pattern;
}

std::string Pattern::draw(generator::Draw& draw) const {
  std::string flag;
  for (const Piece& piece : pieces_) {
    if (!piece.choices.empty())
      flag += piece.choices[draw.between(0, piece.choices.size() - 1)];
    else if (draw.coin())
      flag += std::to_string(draw.coin() ? piece.low : piece.high);
    else
      flag += std::to_string(draw.between(piece.low, piece.high));
  }
  return flag;
}

std::vector<std::string> Pattern::samples() const {
  std::vector<std::string> flags = {""};
  for (const Piece& piece : pieces_) {
    std::vector<std::string> ends = {std::to_string(piece.low)};
    if (piece.high != piece.low) ends.push_back(std::to_string(piece.high));
    std::vector<std::string> longer;
    for (const std::string& flag : flags)
      for (const std::string& choice : piece.choices.empty() ? ends : piece.choices) longer.push_back(flag + choice);
    flags = std::move(longer);
  }
  return flags;
}

}  // namespace objhound::harness
