// Held at each instruction, beside its unwind row: what it does with the stack as a piece of memory.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "oracle/checks/family.h"
#include "oracle/checks/low_bits.h"

namespace objhound::oracle {

// How far below the stack pointer an address lies, in bytes; nothing if it does not, or if both are not counted from
// the same base.
std::optional<int64_t> depth_below(Value sp, Value address);

// OH206 and OH207. Reports each rule once in a family, or twice where it is broken in different ways.
class StackAccessCheck {
 public:
  StackAccessCheck(const FamilyContext& context, const Frame& frame, FamilyResult& result);
  // Whether the rules may have something to say of an instruction that does not end a block: it accesses memory against
  // the frame pointer, or below SP, or where SP is checked.
  bool concerned(const Insn& insn, const State& before) const {
    if (insn.base == kNoReg) return false;
    const RegSet base = reg_bit(insn.base);
    return (base & bases_ & before.known()) != 0 || (insn.below_base && base == sp_) || insn.several_bases;
  }
  // `before` is the state before the instruction.
  void at(uint32_t block, uint32_t insn, const State& before);
  // Something at the instruction can only be told when the frame is known, and it is not yet.
  void needs_frame(uint32_t insn) { result_.doubts.push_back({Reason::None, insn, "the frame is not known yet"}); }

 private:
  bool evident(uint32_t insn, const State& before) const;
  bool is_checked(const MicroOp& op) const;
  // Of SP at a known distance from the CFA. Above where it was at entry it is no frame's any more, and may have gone to
  // another stack (clone).
  bool is_aligned(Value sp) const {
    const Arch& arch = context_.arch;
    return sp.offset > arch.entry_sp || (sp.offset & (int64_t{arch.stack_alignment} - 1)) == 0;
  }
  void check_alignment(uint32_t block, uint32_t insn, const State& before);
  void check_depth(uint32_t block, uint32_t insn, const State& before, const MicroOp& op);
  bool lost_at_a_call(uint32_t block, uint32_t insn, Value address, unsigned width);
  int64_t highest_call();
  int64_t lowest_fixed();
  bool reported(RuleId rule, std::string_view shape) const;
  void report(RuleId rule, uint32_t block, uint32_t insn, const State& state, std::string message,
              std::string_view shape, bool certain = true);

  const FamilyContext& context_;
  const Frame& frame_;
  FamilyResult& result_;
  const RegSet sp_, bases_;                             // SP; other bases of accesses that are looked at
  const int64_t zone_;                                  // bytes below SP that are the function's, between calls
  std::optional<int64_t> highest_call_, lowest_fixed_;  // see there
  LowBits low_bits_;
  // Instructions that searches for stores and calls may still look at, in the whole family: each search may come by all
  // of it, and there may be one for each read.
  uint64_t steps_left_ = 4'000'000;
};

}  // namespace objhound::oracle
