// What an instruction needs and does, in sets, from its micro-operations.

#include "oracle/decode/microop.h"

namespace objhound::oracle {
namespace {

constexpr RegSet operands(const MicroOp& op) { return reg_bit(op.a) | reg_bit(op.b); }

// See Effect::reads. Scratch registers count for nothing: they hold what the operations in front have made of others.
RegSet reads(const MicroOp& op) {
  switch (op.op) {
    case Op::Copy:
    case Op::Add:
    case Op::AddReg:
    case Op::SubReg:
    case Op::And:
    case Op::Or:
    case Op::Shl:
    case Op::Shr:
    case Op::Sar:
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
    case Op::AddScalable:
      return op.a == kNoReg ? Effect::kAlways : reg_bit(op.a);
    case Op::Const:
    case Op::Unmodelled:
      return Effect::kAlways;
    default:
      return 0;
  }
}

bool accesses_memory(Op op) {
  return op == Op::Load || op == Op::CompareMem || op == Op::Store || op == Op::StoreConst;
}

}  // namespace

Effect effect_of(std::span<const MicroOp> ops) {
  Effect effect;
  for (const MicroOp& op : ops) {
    effect.reads |= reads(op);
    effect.writes |= written_registers(op);
    if (!accesses_memory(op.op)) continue;
    effect.bases |= reg_bit(op.a);
    if (op.b != kNoReg || op.imm < 0) effect.below |= reg_bit(op.a);
  }
  return effect;
}

}  // namespace objhound::oracle
