// How far above a multiple of the ABI's stack alignment an address is, also where its distance from the CFA is not
// known: what SP is set to is rounded down, or lowered by a rounded size, and that is all that alignment needs.
#pragma once

#include <map>
#include <optional>

#include "oracle/checks/family.h"

namespace objhound::oracle {

class LowBits {
 public:
  LowBits(const FamilyContext& context, const Frame& frame) : context_(context), frame_(frame) {}
  // Of a stack address, in bytes, from 0 to Arch::stack_alignment - 1; the CFA is a multiple (psABI 3.2.2, AAPCS64
  // 6.4.5.1). Nothing where that is not known.
  std::optional<int64_t> of(Value address);

 private:
  // A place between two operations: in front of operation `op` of instruction `insn`, in `block`.
  struct Point {
    uint32_t block, insn;
    size_t op;
  };
  std::optional<int64_t> at(Reg reg, Point point, unsigned depth);
  std::optional<int64_t> result_of(const MicroOp& op, Point point, unsigned depth);
  std::optional<int64_t> wrap(std::optional<int64_t> value) const;

  const FamilyContext& context_;
  const Frame& frame_;
  std::map<uint16_t, std::optional<int64_t>> bases_;  // dynamic bases that were asked for; nothing while one is
  // Instructions that may still be looked at, for the whole family: a sum has two operands, each with a way of its own
  // back through the block. Behind the last one nothing more is known.
  uint64_t steps_left_ = 1'000'000;
};

}  // namespace objhound::oracle
