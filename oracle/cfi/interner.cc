#include "oracle/cfi/interner.h"

#include <llvm/BinaryFormat/Dwarf.h>

#include "oracle/elf/cursor.h"

namespace objhound::oracle {
namespace {

namespace dwarf = llvm::dwarf;

uint64_t mix(uint64_t hash, uint64_t value) {
  hash = (hash ^ value) * 0x9e3779b97f4a7c15;
  return hash ^ (hash >> 32);
}

uint64_t hash_of(const Row& row) {
  const CfaRule& cfa = row.cfa;
  uint64_t hash = mix(row.return_address_signed,
                      static_cast<uint64_t>(cfa.kind) | uint64_t{cfa.reg} << 8 | uint64_t{cfa.expression} << 16);
  hash = mix(hash, static_cast<uint64_t>(cfa.offset));
  for (const RegisterRule& rule : row.rules) {
    hash = mix(hash, rule.of | static_cast<uint64_t>(rule.kind) << 8 | uint64_t{rule.reg} << 16 |
                         uint64_t{rule.expression} << 24);
    hash = mix(hash, static_cast<uint64_t>(rule.offset));
  }
  return hash;
}

// The operation's own register operand: the return address's column, where it is no register, stands for the program
// counter of the frame (PLT stubs test its low bits).
ExprOp push_register(const Arch& arch, uint64_t number, int64_t value) {
  if (arch.scalable_unit_dwarf >= 0 && number == static_cast<uint64_t>(arch.scalable_unit_dwarf))
    return {ExprOp::Kind::PushScalable, kNoReg, value};
  const Reg reg = reg_from_dwarf(arch, number);
  if (reg == kNoReg) return {};
  const bool pseudo = arch.return_on_stack && reg == arch.return_address;
  return {ExprOp::Kind::PushRegister, pseudo ? kPcReg : reg, value};
}

ExprOp push_const(int64_t value) { return {ExprOp::Kind::PushConst, kNoReg, value}; }

ExprOp read_op(Cursor& in, const Arch& arch) {
  using Kind = ExprOp::Kind;
  const uint8_t code = in.fixed<uint8_t>();
  if (code >= dwarf::DW_OP_lit0 && code <= dwarf::DW_OP_lit31) return push_const(code - dwarf::DW_OP_lit0);
  if (code >= dwarf::DW_OP_breg0 && code <= dwarf::DW_OP_breg31)
    return push_register(arch, code - dwarf::DW_OP_breg0, in.sleb());
  switch (code) {
    case dwarf::DW_OP_bregx: {
      const uint64_t number = in.uleb();
      return push_register(arch, number, in.sleb());
    }
    case dwarf::DW_OP_const1u:
      return push_const(in.fixed<uint8_t>());
    case dwarf::DW_OP_const1s:
      return push_const(in.fixed<int8_t>());
    case dwarf::DW_OP_const2u:
      return push_const(in.fixed<uint16_t>());
    case dwarf::DW_OP_const2s:
      return push_const(in.fixed<int16_t>());
    case dwarf::DW_OP_const4u:
      return push_const(in.fixed<uint32_t>());
    case dwarf::DW_OP_const4s:
      return push_const(in.fixed<int32_t>());
    case dwarf::DW_OP_const8u:
    case dwarf::DW_OP_const8s:
      return push_const(in.fixed<int64_t>());
    case dwarf::DW_OP_constu:
      return push_const(static_cast<int64_t>(in.uleb()));
    case dwarf::DW_OP_consts:
      return push_const(in.sleb());
    case dwarf::DW_OP_plus_uconst:
      return {Kind::PlusConst, kNoReg, static_cast<int64_t>(in.uleb())};
    case dwarf::DW_OP_call_frame_cfa:
      return {Kind::PushCfa};
    case dwarf::DW_OP_deref:
      return {Kind::Deref};
    case dwarf::DW_OP_plus:
      return {Kind::Plus};
    case dwarf::DW_OP_minus:
      return {Kind::Minus};
    case dwarf::DW_OP_and:
      return {Kind::And};
    case dwarf::DW_OP_shl:
      return {Kind::Shl};
    case dwarf::DW_OP_mul:
      return {Kind::Mul};
    case dwarf::DW_OP_ge:
      return {Kind::Ge};
    default:
      return {};
  }
}

}  // namespace

uint32_t RowInterner::intern(const Row& row) {
  if (slots_.size() < 2 * (rows_.size() + 1)) grow();
  const uint64_t hash = hash_of(row);
  size_t slot = hash & (slots_.size() - 1);
  for (; slots_[slot] != kNoIndex; slot = (slot + 1) & (slots_.size() - 1)) {
    if (hashes_[slots_[slot]] == hash && rows_[slots_[slot]] == row) return slots_[slot];
  }
  slots_[slot] = static_cast<uint32_t>(rows_.size());
  rows_.push_back(row);
  hashes_.push_back(hash);
  rules_ += row.rules.size() + 1;
  return slots_[slot];
}

void RowInterner::grow() {
  slots_.assign(slots_.empty() ? 64 : 2 * slots_.size(), kNoIndex);
  for (uint32_t row = 0; row < rows_.size(); row++) {
    size_t slot = hashes_[row] & (slots_.size() - 1);
    while (slots_[slot] != kNoIndex) slot = (slot + 1) & (slots_.size() - 1);
    slots_[slot] = row;
  }
}

uint32_t ExpressionInterner::intern(std::span<const uint8_t> bytes) {
  const std::string_view key(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  const auto [found, added] = by_bytes_.try_emplace(key, static_cast<uint32_t>(ranges_.size()));
  if (!added) return found->second;

  const size_t first = ops_.size();
  Cursor in(bytes);
  while (!in.at_end()) ops_.push_back(read_op(in, arch_));
  // One operation that is not known, or cut short, leaves nothing to evaluate. Neither does an expression that is
  // longer than any compiler's: it may be evaluated at each instruction.
  constexpr size_t kMostOps = 256;
  bool known = in.ok() && ops_.size() > first && ops_.size() - first <= kMostOps;
  for (size_t i = first; i < ops_.size(); i++) known &= ops_[i].kind != ExprOp::Kind::Other;
  if (!known) {
    ops_.resize(first);
    ops_.push_back({});
  }
  ranges_.emplace_back(static_cast<uint32_t>(first), static_cast<uint32_t>(ops_.size() - first));
  return found->second;
}

}  // namespace objhound::oracle
