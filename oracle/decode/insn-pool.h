// Decoded instructions and their micro-operations, flat. The decoder fills one; whoever interprets reads one, and can
// be tested on one that was filled by hand.
#pragma once

#include <span>
#include <vector>

#include "oracle/decode/microop.h"

namespace objhound::oracle {

class InsnPool {
 public:
  // Takes over the operations; what of `insn` follows from them is set here: first_op, op_count, names_address,
  // takes_address, changes_memory, writes. Returns the instruction's index.
  uint32_t add(Insn insn, std::span<const MicroOp> ops) {
    insn.writes = 0;
    for (const MicroOp& op : ops) {
      insn.names_address |= op.op == Op::Address || op.a == kPcReg;
      insn.takes_address |= op.op == Op::Address || (op.op == Op::Add && op.relocatable);
      insn.changes_memory |= is_memory_write(op.op) || op.op == Op::Unmodelled || op.op == Op::Syscall;
      insn.writes |= written_registers(op);
    }
    insn.first_op = static_cast<uint32_t>(ops_.size());
    insn.op_count = static_cast<uint16_t>(ops.size());
    ops_.insert(ops_.end(), ops.begin(), ops.end());
    effects_.push_back(effect_of(ops));
    insns_.push_back(insn);
    return static_cast<uint32_t>(insns_.size() - 1);
  }
  const Insn& insn(uint32_t index) const { return insns_[index]; }
  std::span<const MicroOp> ops(const Insn& insn) const { return {ops_.data() + insn.first_op, insn.op_count}; }
  std::span<const MicroOp> ops(uint32_t index) const { return ops(insns_[index]); }
  // Asks for what will be read soon.
  void prefetch(uint32_t index) const { __builtin_prefetch(&insns_[index]); }
  void prefetch_ops(uint32_t index) const { __builtin_prefetch(ops_.data() + insns_[index].first_op); }
  const Effect& effect(uint32_t index) const { return effects_[index]; }
  size_t size() const { return insns_.size(); }

 private:
  std::vector<Insn> insns_;
  std::vector<MicroOp> ops_;
  std::vector<Effect> effects_;  // by index, as insns_
};

}  // namespace objhound::oracle
