#include "oracle/checks/low_bits.h"

namespace objhound::oracle {
namespace {

constexpr unsigned kMaxDepth = 12;  // operations, one feeding the other

std::optional<int64_t> sum(std::optional<int64_t> a, std::optional<int64_t> b) {
  return a && b ? std::optional(*a + *b) : std::nullopt;
}

}  // namespace

std::optional<int64_t> LowBits::wrap(std::optional<int64_t> value) const {
  return value ? std::optional(*value & (int64_t{context_.arch.stack_alignment} - 1)) : std::nullopt;
}

std::optional<int64_t> LowBits::of(Value address) {
  if (address.kind == Value::Kind::Cfa || (address.kind == Value::Kind::Const && address.units() == 0))
    return wrap(address.offset);
  if (address.kind != Value::Kind::Dynamic || address.base == 0 || address.base > frame_.makers.size())
    return std::nullopt;
  const auto [known, first_time] = bases_.try_emplace(address.base);
  if (first_time) {
    const uint32_t maker = frame_.makers[address.base - 1];
    if (maker < context_.cfg.insns.size()) {
      const size_t ops = context_.ops(maker).size();
      known->second = at(context_.arch.sp, {context_.cfg.block_of_insn(maker), maker, ops}, kMaxDepth);
    }
  }
  return wrap(sum(known->second, address.offset));
}

std::optional<int64_t> LowBits::at(Reg reg, Point point, unsigned depth) {
  if (depth == 0 || reg >= kMaxRegs) return std::nullopt;
  const uint32_t first = context_.cfg.blocks[point.block].first;
  for (;; --point.insn, point.op = context_.ops(point.insn).size()) {
    if (steps_left_ == 0) return std::nullopt;
    --steps_left_;
    const std::span<const MicroOp> ops = context_.ops(point.insn);
    while (point.op > 0) {
      const MicroOp& op = ops[--point.op];
      if (op.op == Op::ClobberSet && (static_cast<RegSet>(op.imm) & reg_bit(reg))) return std::nullopt;
      const bool computes = op.op != Op::Store && op.op != Op::StoreConst && op.op != Op::StoreUnknownSize;
      if (op.op == Op::Unmodelled) return std::nullopt;
      if (computes && op.dst == reg) return result_of(op, point, depth - 1);
    }
    if (point.insn == first) break;
  }
  const State* entry = frame_.entry[point.block];
  return entry ? of(entry->reg(reg)) : std::nullopt;
}

std::optional<int64_t> LowBits::result_of(const MicroOp& op, Point point, unsigned depth) {
  const int64_t mask = int64_t{context_.arch.stack_alignment} - 1;
  const auto value = [&](Reg reg) { return at(reg, point, depth); };
  if (op.op == Op::Const && op.merges && (op.imm & mask) == 0) return 0;  // movb $0, %spl
  if (op.merges || op.width < 4 || op.relocatable) return std::nullopt;
  switch (op.op) {
    case Op::Const:
      return wrap(op.imm);
    case Op::Copy:
    case Op::Zext:
    case Op::Sext:
      return value(op.a);
    case Op::Add:
      return wrap(sum(value(op.a), op.imm));
    case Op::And: {
      if ((op.imm & mask) == 0) return 0;
      const std::optional<int64_t> a = value(op.a);
      return a ? std::optional(*a & op.imm) : std::nullopt;
    }
    case Op::Shl:
      if (op.imm >= 0 && op.imm < 64 && ((int64_t{1} << op.imm) & mask) == 0) return 0;
      return std::nullopt;
    case Op::AddReg:
    case Op::SubReg: {
      const std::optional<int64_t> a = op.a == kNoReg ? 0 : value(op.a);
      const bool multiple = ((int64_t{1} << (op.scale & 63)) & mask) == 0;
      std::optional<int64_t> b = multiple ? 0 : value(op.b);
      if (b) *b <<= op.scale & 63;
      if (b && op.op == Op::SubReg) *b = -*b;
      return wrap(sum(sum(a, b), op.op == Op::AddReg ? op.imm : 0));
    }
    default:
      return std::nullopt;
  }
}

}  // namespace objhound::oracle
