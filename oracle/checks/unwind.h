// OH301 to OH304, OH308, OH309, and OH205 where a join is to blame: the unwind rows held against the states, one
// instruction after the other.
#pragma once

#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "oracle/checks/family.h"

namespace objhound::oracle {

class UnwindCheck {
 public:
  UnwindCheck(const FamilyContext& context, const Frame& frame, FamilyResult& result)
      : context_(context), frame_(frame), result_(result), tables_(context.cfi.present() || owed(context)) {}
  void begin_block(uint32_t block);
  // Before an instruction; for the first one of a block look() must be called. Where a row goes on and nothing has
  // moved that it asks for, there is nothing to be said, unless a call takes away what the red zone keeps.
  void at(uint32_t insn, Walk& walk, bool call) {
    const bool as_before = goes_on(context_.cfg.insns[insn]) && (walk.changes() & watched_) == 0;
    if (!as_before || (call && !(cfa_holds_ && slots_are_above_sp(walk.state())))) look(insn, walk);
  }
  void look(uint32_t insn, Walk& walk);
  // Whether what look() said last of the row in force goes for the instruction, too.
  bool same_row(uint32_t insn) const { return goes_on(context_.cfg.insns[insn]); }
  // The row that must describe the state at the instruction; null if there is none, or nothing is promised of it.
  const Row* held_row(uint32_t insn);

 private:
  // A file without any tables is held to them only if its compiler is known to have been asked for some.
  static bool owed(const FamilyContext& context) {
    return context.contract.flags_known && context.object.relocatable();
  }
  bool goes_on(const CodeInsn& code) const { return code.offset - held_from_ < held_size_ && code.range == fde_range_; }
  bool slots_are_above_sp(const State& state) const {
    const Value top = state.reg(context_.arch.sp);
    return top.kind == Value::Kind::Cfa && top.offset <= lowest_slot_;
  }
  const Row* row_for(uint32_t insn);
  void remember_extent();
  UnwindPromise promise();
  bool calls_leaf_helper() const;
  bool described_elsewhere() const;
  void without_row(uint32_t insn, const State& state);
  void hold(uint32_t insn, const State& state, const Row& row);
  void ask(const Row& row);
  void check_row(uint32_t insn, const State& state, const Row& row);
  void check_registers(uint32_t insn, const State& state, const Row& row);
  void check_slots(uint32_t insn, const State& state, const Row& row);
  void check_signing(uint32_t insn, const State& state, const Row& row, Value return_address);
  void doubt(uint32_t insn, const State& state);
  void report(RuleId rule, uint32_t insn, const State& state, std::string message, std::string shape,
              Reg about = kNoReg, Severity highest = Severity::Violation);

  const FamilyContext& context_;
  const Frame& frame_;
  FamilyResult& result_;
  const bool tables_;
  uint32_t block_ = 0;
  // Where the walk stands in the rows, so that consecutive instructions need no search.
  const Fde* fde_ = nullptr;
  std::span<const RowStart> rows_;
  size_t row_index_ = 0;
  uint32_t fde_range_ = kNoIndex;
  const Row* last_row_ = nullptr;
  uint64_t held_from_ = 0, held_size_ = 0;  // bytes of the section that the last row is in force for
  RegSet watched_ = 0;                      // the changes that call for another look there
  const RowStart* promise_for_ = nullptr;   // the rows that weak_ is about
  bool weak_ = false;
  // The question that a row puts to a state.
  RegSet asked_ = ~RegSet{0};             // the changes that may alter the answer
  int64_t lowest_slot_ = 0;               // no rule names a slot below CFA + this
  const Row* asked_row_ = nullptr;        // the row that wanted_ is about: one that is not simple, or not answered
  std::vector<RegisterRule> wanted_;      // for each register that must be recovered
  const Row* recovers_ = nullptr;         // the row, if it is simple and recovers everything
  const State* recovers_from_ = nullptr;  // from this state, which blocks begin with
  bool cfa_holds_ = false;                // the row computes the CFA, when it was last looked at
  std::optional<bool> described_;         // described_elsewhere(), once it was asked
  std::set<std::pair<RuleId, std::string>> reported_;  // one finding per rule and shape in a family
};

}  // namespace objhound::oracle
