// Decoded instructions and their micro-operations, flat. The decoder fills one; whoever interprets reads one, and can
// be tested on one that was filled by hand.
#pragma once

#include <span>
#include <vector>

#include "oracle/decode/microop.h"

namespace objhound::oracle {

class InsnPool {
 public:
  // Takes over the operations; what of `insn` follows from them is set here. Returns the instruction's index.
  uint32_t add(Insn insn, std::span<const MicroOp> ops) {
    summarize(ops, insn);
    insn.first_op = static_cast<uint32_t>(ops_.size());
    insn.op_count = static_cast<uint16_t>(ops.size());
    ops_.insert(ops_.end(), ops.begin(), ops.end());
    insns_.push_back(insn);
    return static_cast<uint32_t>(insns_.size() - 1);
  }
  const Insn& insn(uint32_t index) const { return insns_[index]; }
  std::span<const MicroOp> ops(const Insn& insn) const { return {ops_.data() + insn.first_op, insn.op_count}; }
  std::span<const MicroOp> ops(uint32_t index) const { return ops(insns_[index]); }
  // Asks for what will be read soon.
  void prefetch(uint32_t index) const { __builtin_prefetch(&insns_[index]); }
  void prefetch_ops(uint32_t index) const { __builtin_prefetch(ops_.data() + insns_[index].first_op); }
  size_t size() const { return insns_.size(); }

 private:
  std::vector<Insn> insns_;
  std::vector<MicroOp> ops_;
};

}  // namespace objhound::oracle
