// What the original's own unwind tables say of its frame, carried from instruction to instruction: which registers and
// which stack slots certainly hold the caller's values.
//
// It serves one purpose: to recognise mutants that break nothing, by an argument that does not come from the oracle's
// interpreter and checks. Where the CFA is, is taken from the rows that the compiler declared for the original; what
// moves where, from the lift. A row of a mutant that names, at every instruction, places which hold the caller's values
// is right, however it differs from the original's.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "harness/mutate/subject.h"

namespace objhound::harness::mutation {

// Before one instruction, on every path to it.
struct Held {
  bool reached = false;
  oracle::RegSet registers = 0;              // hold what they held at entry
  std::map<int64_t, oracle::Reg> slots;      // CFA offset in bytes -> whose value at entry
  std::map<oracle::Reg, int64_t> addresses;  // registers that hold a stack address -> its CFA offset in bytes
  std::optional<int64_t> address(oracle::Reg reg) const {
    const auto found = addresses.find(reg);
    return found == addresses.end() ? std::nullopt : std::optional(found->second);
  }
  friend bool operator==(const Held&, const Held&) = default;
};

// By instruction of the family (Cfg::insns), from a fixpoint over its blocks; intersections where paths meet.
std::vector<Held> held_values(const Subject& subject, const Family& family);

// Whether an unwinder that uses the row before instruction `insn` gets the CFA and every callee-saved register right,
// from memory that nobody may overwrite at that moment.
// `rows` is the table that the row is of.
bool row_is_right(const Subject& subject, const Family& family, const std::vector<Held>& held, uint32_t insn,
                  const oracle::Row& row, const oracle::CfiTable& rows);
// Of two tables: the CFA's rule or a register's. Expressions are compared by what they say, the rest by value.
bool same_rule(const oracle::CfaRule& a, const oracle::CfiTable& of_a, const oracle::CfaRule& b,
               const oracle::CfiTable& of_b);
bool same_rule(const oracle::RegisterRule& a, const oracle::CfiTable& of_a, const oracle::RegisterRule& b,
               const oracle::CfiTable& of_b);

}  // namespace objhound::harness::mutation
