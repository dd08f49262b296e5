// What an instruction needs and does, from its micro-operations.

#include "oracle/decode/microop.h"

namespace objhound::oracle {
namespace {

constexpr int64_t kMostlyLost = 40;  // bits: what is shifted further is no part of an address any more

constexpr RegSet operands(const MicroOp& op) { return reg_bit(op.a) | reg_bit(op.b); }

// See Insn::reads. Scratch registers count for nothing: they hold what the operations in front have made of others.
RegSet reads(const MicroOp& op) {
  switch (op.op) {
    case Op::Copy:
    case Op::Add:
    case Op::AddReg:
    case Op::SubReg:
    case Op::And:
    case Op::Or:
    case Op::AndReg:
    case Op::OrReg:
    case Op::Shr:
    case Op::Zext:
    case Op::Sext:
    case Op::Select:
    case Op::Store:
    case Op::StoreConst:
      return operands(op);
    case Op::Load:  // of less than a register nothing is known
      return op.width == 8 ? operands(op) : 0;
    case Op::StoreUnknownSize:
      return reg_bit(op.a);
    case Op::SignReturn:
    case Op::AuthReturn:
      return reg_bit(op.dst);
    case Op::Shl:  // to where no address has a bit, and the sign in all bits: something is known of the result (Value)
    case Op::Sar:
      return operands(op) | (op.imm > kMostlyLost ? Insn::kAlways : 0);
    case Op::AddScalable:
      return op.a == kNoReg ? Insn::kAlways : reg_bit(op.a);
    case Op::Const:
    case Op::Unmodelled:
      return Insn::kAlways;
    default:
      return 0;
  }
}

bool accesses_memory(Op op) {
  return op == Op::Load || op == Op::CompareMem || op == Op::Store || op == Op::StoreConst;
}

}  // namespace

void summarize(std::span<const MicroOp> ops, Insn& insn) {
  insn.reads = insn.writes = 0;
  insn.base = kNoReg;
  for (const MicroOp& op : ops) {
    insn.reads |= reads(op);
    insn.writes |= written_registers(op);
    insn.names_address |= op.op == Op::Address || op.a == kPcReg;
    insn.takes_address |=
        op.op == Op::Address || (op.op == Op::Add && op.relocatable) || (op.op == Op::StoreConst && op.relocatable2);
    insn.changes_memory |= is_memory_write(op.op) || op.op == Op::Unmodelled || op.op == Op::Syscall;
    if (!accesses_memory(op.op) || reg_bit(op.a) == 0) continue;
    insn.several_bases |= insn.base != kNoReg && insn.base != op.a;
    if (insn.base == kNoReg) insn.base = op.a;
    insn.below_base |= op.b != kNoReg || op.imm < 0;
  }
}

}  // namespace objhound::oracle
