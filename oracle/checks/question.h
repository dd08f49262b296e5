// What a rule asks at one place: a value that the state there has, or that the unwind row in force there makes of the
// state. Those who look for the instruction that is to blame for a finding ask again at each step that leads to it, and
// get what has changed in words without names and numbers, so that equal faults give equal words.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "oracle/checks/family.h"

namespace objhound::oracle {

class Question {
 public:
  // Nothing if the draft's rule is not about a value.
  static std::optional<Question> of(const FamilyContext& context, const Draft& draft);

  // Whether a row is asked. If not, the value is one that must be the caller's when the function is left, and may be
  // another one before.
  bool asks_row() const { return kind_ != Kind::Kept; }
  // Whether the row gives what it must before the instruction. `row` is null where nothing is promised: nothing is
  // wrong there.
  bool right(uint32_t insn, const State& state, const Row* row) const;
  // The value itself, if no row is asked.
  Value value(const State& state) const;
  // What the instruction does to that on which the row's answer hangs ("sp lowered by a store"), from the states around
  // it; empty if nothing.
  std::string deed(uint32_t insn, const State& before, const State& after, const Row* row) const;
  // The part of the row that is asked: "sp", "saved". And how one differs from another: "sp + more"; empty if they are
  // equal.
  std::string part(const Row* row) const;
  std::string difference(const Row* from, const Row* to) const;
  // What must be right: "cfa", "preserved register", "return address".
  std::string subject() const;

 private:
  enum class Kind : uint8_t { Cfa, Recovered, Safe, Signed, Kept };
  Question(const FamilyContext& context, Kind kind, Reg reg) : context_(&context), kind_(kind), reg_(reg) {}
  RegisterRule rule_in(const Row& row) const;
  std::string role(Reg reg) const;
  std::string register_deed(std::string_view name, Reg reg, uint32_t insn, const State& before,
                            const State& after) const;
  std::string expression_deed(uint32_t expression, uint32_t insn, const State& before, const State& after) const;

  const FamilyContext* context_;
  Kind kind_;
  Reg reg_;  // Cfa: kNoReg
};

}  // namespace objhound::oracle
