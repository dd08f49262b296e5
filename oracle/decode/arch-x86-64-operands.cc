// Operands of x86-64 instructions: which part of which register, and which address.

#include <array>
#include <cstring>

#include "oracle/decode/arch-x86-64-lift.h"

namespace objhound::oracle::x86_64 {
namespace {

struct Names {
  std::string_view r64, r32, r16, r8, high;
};
constexpr std::array<Names, 16> kNames = {{
    {"RAX", "EAX", "AX", "AL", "AH"},
    {"RDX", "EDX", "DX", "DL", "DH"},
    {"RCX", "ECX", "CX", "CL", "CH"},
    {"RBX", "EBX", "BX", "BL", "BH"},
    {"RSI", "ESI", "SI", "SIL", ""},
    {"RDI", "EDI", "DI", "DIL", ""},
    {"RBP", "EBP", "BP", "BPL", ""},
    {"RSP", "ESP", "SP", "SPL", ""},
    {"R8", "R8D", "R8W", "R8B", ""},
    {"R9", "R9D", "R9W", "R9B", ""},
    {"R10", "R10D", "R10W", "R10B", ""},
    {"R11", "R11D", "R11W", "R11B", ""},
    {"R12", "R12D", "R12W", "R12B", ""},
    {"R13", "R13D", "R13W", "R13B", ""},
    {"R14", "R14D", "R14W", "R14B", ""},
    {"R15", "R15D", "R15W", "R15B", ""},
}};

RegisterFact fact_of(std::string_view name) {
  for (size_t i = 0; i < kNames.size(); i++) {
    Reg reg = static_cast<Reg>(i);
    if (name == kNames[i].r64) return {.reg = reg, .width = 8};
    if (name == kNames[i].r32) return {.reg = reg, .width = 4};
    if (name == kNames[i].r16) return {.reg = reg, .width = 2};
    if (name == kNames[i].r8) return {.reg = reg, .width = 1};
    if (name == kNames[i].high) return {.reg = reg, .width = 1, .high = true};
  }
  return {.pc = name == "RIP", .flags = name == "EFLAGS", .thread = name == "FS" || name == "GS"};
}

}  // namespace

RegisterMap::RegisterMap(const llvm::MCRegisterInfo& registers) : facts_(registers.getNumRegs()) {
  for (unsigned i = 1; i < facts_.size(); i++) facts_[i] = fact_of(registers.getName(i));
}

const RegisterFact& Context::reg(unsigned operand) const {
  if (operand >= inst.getNumOperands() || !inst.getOperand(operand).isReg()) return registers[0];
  return registers[inst.getOperand(operand).getReg()];
}

int64_t Context::imm(unsigned operand) const {
  if (operand >= inst.getNumOperands() || !inst.getOperand(operand).isImm()) return 0;
  return inst.getOperand(operand).getImm();
}

bool is_legacy_prefix(uint8_t byte) {
  constexpr std::string_view kPrefixes = "\x26\x2e\x36\x3e\x64\x65\x66\x67\xf0\xf2\xf3";
  return kPrefixes.find(static_cast<char>(byte)) != std::string_view::npos;
}

bool Context::has_prefix(std::initializer_list<uint8_t> prefixes) const {
  for (uint8_t byte : bytes) {
    if (!is_legacy_prefix(byte)) return false;
    for (uint8_t prefix : prefixes) {
      if (byte == prefix) return true;
    }
  }
  return false;
}

Address Context::address(unsigned operand) {
  const RegisterFact& base = reg(operand);
  const RegisterFact& index = reg(operand + 2);
  auto absent = [&](unsigned i) {
    return i < inst.getNumOperands() && inst.getOperand(i).isReg() && inst.getOperand(i).getReg() == 0;
  };
  bool base_known = absent(operand) || base.pc || (base.reg != kNoReg && base.width == 8);
  bool index_known = absent(operand + 2) || (index.reg != kNoReg && index.width == 8);
  Address at;
  at.thread_local_storage = reg(operand + 4).thread;
  if (!base_known || !index_known || at.thread_local_storage || has_short_addresses()) {
    emit({.op = Op::Clobber, .dst = kTemp0});
    at.a = kTemp0;
    return at;
  }
  at.a = base.pc ? kPcReg : base.reg;
  at.b = index.reg;
  at.scale = at.b == kNoReg ? 0 : static_cast<uint8_t>(__builtin_ctzll(static_cast<uint64_t>(imm(operand + 1)) | 8));
  at.imm = imm(operand + 3) + (base.pc ? length() : 0);
  // A displacement of four bytes stands right before the immediate; no shorter one can be relocated.
  int64_t field = length() - form.imm_bytes - 4;
  int32_t displacement = static_cast<int32_t>(imm(operand + 3));
  if (field >= 2 && std::memcmp(bytes.data() + field, &displacement, 4) == 0) {
    at.relocatable = true;
    at.imm_at = static_cast<uint8_t>(field);
  }
  return at;
}

void Context::set(const RegisterFact& dst, MicroOp op) {
  if (dst.reg == kNoReg) return;
  if (dst.high) {
    clobber(dst);
    return;
  }
  op.dst = dst.reg;
  if (op.op != Op::Zext && op.op != Op::Sext && op.op != Op::Load) op.width = dst.width;
  op.merges = dst.width <= 2 && dst.reg < kRegisterCount;
  emit(op);
}

void Context::clobber(const RegisterFact& dst) {
  if (dst.reg == kNoReg) return;
  uint8_t width = dst.high ? 2 : dst.width;
  emit({.op = Op::Clobber, .width = width, .dst = dst.reg, .merges = width <= 2 && dst.reg < kRegisterCount});
}

Reg Context::value(const RegisterFact& source) {
  if (!source.high) return source.reg;
  emit({.op = Op::Shr, .width = 2, .dst = kTemp1, .a = source.reg, .imm = 8});
  return kTemp1;
}

void Context::load(const RegisterFact& dst, const Address& from, uint8_t width) {
  set(dst, with_address({.op = Op::Load, .width = width}, from));
}

void Context::store(const Address& to, Reg value, uint8_t width) {
  if (to.thread_local_storage) return;
  emit(with_address({.op = Op::Store, .width = width, .src = value}, to));
}

MicroOp Context::with_immediate(MicroOp op, int64_t value) const {
  op.imm = value;
  if (form.imm_bytes >= 4) {
    op.relocatable = true;
    op.imm_at = static_cast<uint8_t>(length() - form.imm_bytes);
  }
  return op;
}

bool has_layout(std::string_view list, std::string_view layout) {
  if (layout.empty()) return false;
  for (size_t at = list.find(layout); at != std::string_view::npos; at = list.find(layout, at + 1)) {
    if (list[at - 1] == ' ' && list[at + layout.size()] == ' ') return true;
  }
  return false;
}

LiftFunction find_entry(std::span<const LiftEntry> entries, std::string_view name) {
  for (const LiftEntry& entry : entries) {
    if (entry.name == name) return entry.lift;
  }
  return nullptr;
}

}  // namespace objhound::oracle::x86_64
