#include "harness/mutate/operators.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>

namespace objhound::harness::mutation {
namespace {

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.' || c == '$'; }

// Where the operands begin in Line::text.
size_t operands_at(const Line& line) {
  const size_t word = line.text.find(line.word);
  return word == std::string::npos ? line.text.size() : line.text.find(line.operands, word + line.word.size());
}

std::string replaced(const Line& line, size_t at_in_operands, size_t length, std::string_view to) {
  std::string text = line.text;
  return text.replace(operands_at(line) + at_in_operands, length, to);
}

// SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).
uint64_t next_random(uint64_t& state) {
  uint64_t z = state += 0x9e3779b97f4a7c15;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

}  // namespace

std::string Mutant::id() const {
  return fmt::format("{}:{}{}", op, line + 1, variant == 0 ? "" : fmt::format(":{}", variant));
}

size_t neighbour(const Listing& listing, size_t line, int step) {
  const std::vector<Line>& lines = listing.lines;
  for (size_t i = line + static_cast<size_t>(step); i < lines.size(); i += static_cast<size_t>(step)) {
    if (lines[i].kind == Line::Kind::Instruction) return i;
    if (lines[i].word == ".cfi_startproc" || lines[i].word == ".cfi_endproc") break;
  }
  return lines.size();
}

std::string with_number(const Line& line, int64_t from, int64_t to) {
  const std::string digits = std::to_string(from);
  for (size_t at = line.operands.rfind(digits); at != std::string::npos;
       at = at == 0 ? std::string::npos : line.operands.rfind(digits, at - 1)) {
    const size_t end = at + digits.size();
    const bool begins = at == 0 || (!is_word(line.operands[at - 1]) || line.operands[at - 1] == '$');
    const bool negative_before = from >= 0 && at > 0 && line.operands[at - 1] == '-';
    const bool ends = end == line.operands.size() || !is_word(line.operands[end]);
    if (begins && ends && !negative_before) return replaced(line, at, digits.size(), std::to_string(to));
  }
  return {};
}

std::string with_word(const Line& line, std::string_view from, std::string_view to) {
  for (size_t at = line.operands.find(from); at != std::string::npos; at = line.operands.find(from, at + 1)) {
    const size_t end = at + from.size();
    const bool begins = at == 0 || !is_word(line.operands[at - 1]);
    const bool ends = end == line.operands.size() || !is_word(line.operands[end]);
    if (begins && ends) return replaced(line, at, from.size(), to);
  }
  return {};
}

std::span<const Operator> all_operators() {
  static const std::vector<Operator> all = [] {
    std::vector<Operator> operators(code_operators().begin(), code_operators().end());
    operators.insert(operators.end(), cfi_operators().begin(), cfi_operators().end());
    return operators;
  }();
  return all;
}

std::vector<Mutant> plant(const Subject& subject, const std::vector<std::string>& operators) {
  std::vector<Mutant> mutants;
  for (const Operator& op : all_operators()) {
    if (!operators.empty() && std::ranges::find(operators, op.name) == operators.end()) continue;
    for (size_t line = 0; line < subject.listing.lines.size(); ++line) {
      const size_t first = mutants.size();
      op.plant(subject, line, mutants);
      for (size_t i = first; i < mutants.size(); ++i) {
        mutants[i].op = op.name;
        mutants[i].line = line;
        mutants[i].variant = static_cast<unsigned>(i - first);
        std::ranges::sort(mutants[i].edits, {}, &Edit::line);
      }
    }
  }
  return mutants;
}

std::vector<Mutant> sample(std::vector<Mutant> all, size_t most, uint64_t seed) {
  std::map<std::pair<std::string_view, std::string>, std::vector<size_t>> groups;
  for (size_t i = 0; i < all.size(); ++i) groups[{all[i].op, all[i].directive}].push_back(i);
  std::vector<size_t> chosen;
  for (auto& [key, members] : groups) {
    for (size_t i = 0; i < std::min(most, members.size()); ++i) {
      std::swap(members[i], members[i + next_random(seed) % (members.size() - i)]);
      chosen.push_back(members[i]);
    }
  }
  std::ranges::sort(chosen);
  std::vector<Mutant> sampled;
  sampled.reserve(chosen.size());
  for (size_t i : chosen) sampled.push_back(std::move(all[i]));
  return sampled;
}

}  // namespace objhound::harness::mutation
