// Text with holes: most constructs are a few lines of C in which only values, types and names are drawn.

#include <algorithm>
#include <charconv>
#include <optional>

#include "generator/weave/weaver.h"

namespace objhound::generator::weave {
namespace {

std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> parts;
  for (size_t end = text.find(at); end != std::string_view::npos; end = text.find(at)) {
    parts.push_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  parts.push_back(text);
  return parts;
}

uint32_t number(std::string_view text) {
  uint32_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

Type type_named(std::string_view name) {
  for (unsigned i = 0; i < kTypes; ++i) {
    if (name_of(static_cast<Type>(i)) == name) return static_cast<Type>(i);
  }
  return Type::U32;
}

std::string_view without_indentation(std::string_view line) {
  return line.substr(std::min(line.find_first_not_of(' '), line.size()));
}

}  // namespace

std::string Weaver::hole(std::string_view what, Holes& holes) {
  const auto once = [](std::string& kept, const auto& make) {
    if (kept.empty()) kept = make();
    return kept;
  };
  const bool numbered = what.front() >= '0' && what.front() <= '9';
  if (numbered && what.size() == 1) return holes.kept[static_cast<size_t>(what[0] - '0')];
  if (numbered && what.size() > 2 && what[1] == '=') {
    std::string made = hole(what.substr(2), holes);
    return holes.kept[static_cast<size_t>(what[0] - '0')] = std::move(made);
  }
  if (what == "n") return once(holes.name, [&] { return fresh("q"); });
  if (what == "o") return once(holes.outside, [&] { return fresh_outside("o"); });
  if (what == "t") return once(holes.type, [&] { return std::string(name_of(type())); });
  if (what == "b") return once(holes.power, [&] { return std::to_string(8u << draw.below(4)); });
  if (what == "u") return value();
  if (what == "w") return value(true);
  if (what == "c") return condition();
  if (what == "attributes") return attributes();
  if (what == "loop") return attributes(draw.coin() ? Place::Loop : Place::PlainLoop);
  if (what == "variable") return attributes(Place::Variable);
  if (what == "p") {
    const Variable to = place();
    return to.bits == 0 ? to.name : "shared";
  }
  if (what.front() == '&') return masked(number(what.substr(1)));
  if (what.front() == '%') return below(number(what.substr(1)));
  if (what.front() == '#') {
    const std::vector<std::string_view> bounds = split(what.substr(1), '-');
    return std::to_string(draw.between(number(bounds[0]), number(bounds[1])));
  }
  const std::vector<std::string_view> choices = split(what, '|');
  return std::string(choices[draw.below(static_cast<uint32_t>(choices.size()))]);
}

std::string Weaver::fill(std::string_view text, Holes& holes) {
  std::string filled;
  bool in_hole = false;
  for (const std::string_view part : split(text, '`')) {
    filled += in_hole ? hole(part, holes) : std::string(part);
    in_hole = !in_hole;
  }
  return filled;
}

void Weaver::directive(std::string_view line) {
  const std::vector<std::string_view> words = split(line, ' ');
  const std::string_view verb = words[0];
  if (verb == "@statements") {
    const uint32_t most = number(words[1]);
    draw.part([&] { words.size() > 2 ? statements(most, number(words[3])) : statements(most); });
  } else if (verb == "@scope" || verb == "@const") {
    scope.variables.push_back({std::string(words[2]), type_named(words[1]), verb == "@scope"});
  } else if (verb == "@array") {
    scope.arrays.push_back({std::string(words[2]), type_named(words[1]), number(words[3])});
  } else if (verb == "@function") {
    const uint64_t spent = cost_;
    begin_function(words[1]);
    cost_ = spent;
  }
}

void Weaver::text(std::string_view text, Holes& holes) {
  std::vector<Surroundings> outer;
  for (const std::string_view raw : split(text, '\n')) {
    if (without_indentation(raw).empty()) continue;
    const std::string line = fill(without_indentation(raw), holes);
    if (line.empty()) continue;
    if (line == "@plain" || line == "@nolabels" || line == "@throws") {
      outer.push_back(around);
      around.labels = false;
      if (line == "@plain") around = {false, false, false, false};
      if (line == "@throws") around.throws = true;
    } else if (line == "@again") {
      around = outer.back();
      outer.pop_back();
    } else if (line.front() == '@') {
      directive(line);
    } else if (line.front() == '}' && line.back() == '{') {
      reopen(line);
    } else if (line.front() == '}') {
      close(line);
    } else if (line.back() == '{') {
      open("{}", line);
    } else {
      this->line("{}", line);
    }
  }
}

}  // namespace objhound::generator::weave
