// The faults that are planted. An operator looks at one line of an assembly file and proposes changes of it; each is a
// mutant. All stand in functions that the original proves, and each breaks a promise of the ABI or of the unwind tables
// unless equivalence.h has an argument why it does not.
//
// Faults that only make a program compute something else (a wrong operand, a swapped branch) are not planted: no
// validator of calling conventions and unwind tables can or should see them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "harness/mutate/subject.h"

namespace objhound::harness::mutation {

struct Mutant {
  std::string_view op;    // the operator's name
  std::string directive;  // of CFI operators: which; "" else
  size_t line = 0;        // index in Listing::lines
  unsigned variant = 0;   // counts the mutants of one operator on one line
  std::vector<Edit> edits;
  const Family* family = nullptr;
  oracle::RegSet registers = 0;  // whose save or restore is hit

  // "drop-save:123", "swap-restores:98:1"; lines count from 1. Names the mutant within its file.
  std::string id() const;
};

struct Operator {
  std::string_view name;
  std::string_view what;  // for people
  bool code;              // changes instructions or tables, not directives
  void (*plant)(const Subject& subject, size_t line, std::vector<Mutant>& mutants);
};

std::span<const Operator> all_operators();

// Every mutant of the file that the operators (all, if empty) can make, by operator, then line.
std::vector<Mutant> plant(const Subject& subject, const std::vector<std::string>& operators);
// At most `most` of each operator and directive, chosen by `seed`; the order stays.
std::vector<Mutant> sample(std::vector<Mutant> all, size_t most, uint64_t seed);

// For the operators' chapters.
void plant_save_faults(const Subject& subject, size_t line, std::vector<Mutant>& mutants);
std::span<const Operator> code_operators();
std::span<const Operator> cfi_operators();

// The next line in direction `step` (1 or -1) that is an instruction, not past a directive that begins or ends a
// function's description; lines.size() if there is none.
size_t neighbour(const Listing& listing, size_t line, int step);
// The text with the number `from` in the operands written `to`; empty if it does not stand there.
std::string with_number(const Line& line, int64_t from, int64_t to);
// The text with one word (register, label) in the operands written otherwise; empty if it does not stand there.
std::string with_word(const Line& line, std::string_view from, std::string_view to);

}  // namespace objhound::harness::mutation
