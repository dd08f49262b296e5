// What an unwind row asks of a state, worked out once for each row of a file. Functions have few different rows between
// them, and nearly all of those are simple: the CFA counts from a register, and what must be recovered is either still
// in place or in a slot at a distance from the CFA. Whether a state answers such a row takes one walk over its slots.
#pragma once

#include <cstdint>
#include <vector>

#include "oracle/cfi/rows.h"
#include "oracle/frame/state.h"

namespace objhound::oracle {

struct RowQuestion {
  // Whether the rest says all that the row does: the CFA is a register and an offset, registers are in place or in
  // slots, the return address can be recovered and is not signed.
  bool simple = false;
  Reg cfa_reg = kNoReg;
  Value cfa;                      // what that register has to be for the row to compute the CFA
  RegSet in_place = 0;            // registers that must hold what they held at entry
  uint32_t first = 0, count = 0;  // of RowQuestions::saved_: the slots that must hold what registers held at entry
  int64_t lowest = 0;             // no slot is below CFA + this
  RegSet asked = 0;               // the changes of a state that may alter the answer (State::take_changes)
};

class RowQuestions {
 public:
  RowQuestions(const CfiTable& table, const Arch& arch);
  // By the row's index in the table.
  const RowQuestion& of(uint32_t row) const { return questions_[row]; }
  // Whether an unwinder that follows the (simple) row recovers everything from the state.
  bool recovers_all(const RowQuestion& question, const State& state) const;

 private:
  RowQuestion ask(const Row& row, const Arch& arch);

  std::vector<RowQuestion> questions_;
  std::vector<Slot> saved_;  // what must stand where; of each question by offset
};

}  // namespace objhound::oracle
