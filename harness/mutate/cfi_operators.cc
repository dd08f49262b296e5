// Faults in the directives that unwind tables are made from.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "harness/mutate/operators.h"

namespace objhound::harness::mutation {
namespace {

using Mutants = std::vector<Mutant>;

// These describe functions as a whole (where they begin, how exceptions are handled), not frames.
constexpr std::array<std::string_view, 6> kNotOfFrames = {".cfi_startproc",   ".cfi_endproc", ".cfi_sections",
                                                          ".cfi_personality", ".cfi_lsda",    ".cfi_b_key_frame"};

const Family* proved_family(const Subject& subject, size_t line) {
  const Family* family = subject.family_of(subject.listing.lines[line]);
  return family != nullptr && family->proved ? family : nullptr;
}

bool of_frames(const Subject& subject, size_t line) {
  const Line& directive = subject.listing.lines[line];
  return directive.kind == Line::Kind::Cfi && std::ranges::find(kNotOfFrames, directive.word) == kNotOfFrames.end() &&
         proved_family(subject, line) != nullptr;
}

void add(const Subject& subject, size_t line, std::vector<Edit> edits, Mutants& mutants) {
  Mutant mutant;
  mutant.directive = subject.listing.lines[line].word;
  mutant.edits = std::move(edits);
  mutant.family = proved_family(subject, line);
  mutants.push_back(std::move(mutant));
}

void drop(const Subject& subject, size_t line, Mutants& mutants) {
  if (of_frames(subject, line)) add(subject, line, {{line, ""}}, mutants);
}

// In force one instruction later.
void delay(const Subject& subject, size_t line, Mutants& mutants) {
  if (!of_frames(subject, line)) return;
  const std::vector<Line>& lines = subject.listing.lines;
  const size_t next = neighbour(subject.listing, line, 1);
  if (next == lines.size()) return;
  add(subject, line, {{line, ""}, {next, lines[next].text + "\n" + lines[line].text}}, mutants);
}

// In force one instruction earlier.
void hasten(const Subject& subject, size_t line, Mutants& mutants) {
  if (!of_frames(subject, line)) return;
  const std::vector<Line>& lines = subject.listing.lines;
  const size_t before = neighbour(subject.listing, line, -1);
  if (before == lines.size()) return;
  add(subject, line, {{before, lines[line].text + "\n" + lines[before].text}, {line, ""}}, mutants);
}

// The last number; of an escape, the last byte but one, which is a part of an offset in all that compilers write.
void alter_number(const Subject& subject, size_t line, Mutants& mutants) {
  if (!of_frames(subject, line)) return;
  const Line& directive = subject.listing.lines[line];
  if (directive.word == ".cfi_escape") {
    const size_t last = directive.operands.rfind(',');
    const size_t at =
        last == std::string::npos || last == 0 ? std::string::npos : directive.operands.rfind(',', last - 1);
    if (at == std::string::npos) return;
    std::string bytes = directive.operands;
    bytes.insert(last, "^8");
    add(subject, line, {{line, "\t.cfi_escape " + bytes}}, mutants);
    return;
  }
  const size_t comma = directive.operands.rfind(',');
  const size_t at = directive.operands.find_first_of("-0123456789", comma == std::string::npos ? 0 : comma);
  const bool one_operand = directive.word == ".cfi_def_cfa_offset" || directive.word == ".cfi_adjust_cfa_offset";
  if (at == std::string::npos || (comma == std::string::npos && !one_operand)) return;
  int64_t number = 0;
  const char* const end = directive.operands.data() + directive.operands.size();
  const auto [rest, error] = std::from_chars(directive.operands.data() + at, end, number);
  if (error != std::errc() || rest != end) return;
  std::string text = with_number(directive, number, number + 8);
  if (!text.empty()) add(subject, line, {{line, std::move(text)}}, mutants);
}

// The first operand is a register, by name or by DWARF number; in its place another one's number. A CFA moves to the
// stack or frame pointer, whichever it is not; a saved register becomes another callee-saved one.
void alter_register(const Subject& subject, size_t line, Mutants& mutants) {
  if (!of_frames(subject, line)) return;
  const Line& directive = subject.listing.lines[line];
  const oracle::Arch& arch = subject.arch();
  const std::string first = directive.operands.substr(0, directive.operands.find(','));
  const bool no_register = first.empty() || directive.word == ".cfi_def_cfa_offset" ||
                           directive.word == ".cfi_adjust_cfa_offset" || directive.word == ".cfi_escape";
  if (no_register) return;
  const auto names = [&](oracle::Reg r) {
    const oracle::RegisterInfo& info = arch.registers[r];
    // "%rbp", "x29", "w29" and 29 are the same register.
    const size_t digits = info.name.find_first_of("0123456789");
    return first == std::to_string(info.dwarf) || first.ends_with(info.name) ||
           (digits == 1 && first.size() == info.name.size() && first[0] == 'w' && first.ends_with(info.name.substr(1)));
  };
  oracle::Reg other = oracle::kNoReg;
  if (directive.word.starts_with(".cfi_def_cfa")) {
    other = names(arch.sp) || first == "wsp" ? arch.fp : arch.sp;
  } else {
    for (oracle::Reg r = 0; r < arch.registers.size() && other == oracle::kNoReg; ++r)
      if ((arch.callee_saved & oracle::reg_bit(r)) && r != arch.fp && !names(r)) other = r;
  }
  std::string operands = directive.operands;
  operands.replace(0, first.size(), std::to_string(arch.registers[other].dwarf));
  add(subject, line, {{line, fmt::format("\t{}\t{}", directive.word, operands)}}, mutants);
}

// No description at all of one function.
void drop_all(const Subject& subject, size_t line, Mutants& mutants) {
  const std::vector<Line>& lines = subject.listing.lines;
  if (lines[line].word != ".cfi_startproc" || proved_family(subject, line) == nullptr) return;
  std::vector<Edit> edits;
  for (size_t i = line; i < lines.size(); ++i) {
    if (lines[i].kind == Line::Kind::Cfi) edits.push_back({i, ""});
    if (lines[i].word == ".cfi_endproc") break;
  }
  add(subject, line, std::move(edits), mutants);
}

constexpr Operator kOperators[] = {
    {"cfi-drop", "a directive is missing", false, drop},
    {"cfi-delay", "a directive stands one instruction later", false, delay},
    {"cfi-hasten", "a directive stands one instruction earlier", false, hasten},
    {"cfi-alter-number", "an offset is 8 bytes off", false, alter_number},
    {"cfi-alter-register", "a directive names another register", false, alter_register},
    {"cfi-drop-all", "a function is not described", false, drop_all},
};

}  // namespace

std::span<const Operator> cfi_operators() { return kOperators; }

}  // namespace objhound::harness::mutation
