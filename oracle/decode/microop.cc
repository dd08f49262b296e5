// Micro-operations as people read them.

#include "oracle/decode/microop.h"

#include <fmt/format.h>

namespace objhound::oracle {
namespace {

std::string_view name(Reg reg, const Arch& arch) {
  if (reg == kNoReg) return "?";
  if (reg == kPcReg) return "pc";
  if (reg == kTemp0) return "t0";
  if (reg == kTemp1) return "t1";
  return reg < arch.registers.size() ? arch.registers[reg].name : std::string_view("bad register");
}

std::string_view name(Cond cond) {
  switch (cond) {
    case Cond::Always:
      return "always";
    case Cond::Eq:
      return "eq";
    case Cond::Ne:
      return "ne";
    case Cond::ULt:
      return "u<";
    case Cond::ULe:
      return "u<=";
    case Cond::UGt:
      return "u>";
    case Cond::UGe:
      return "u>=";
    case Cond::SLt:
      return "s<";
    case Cond::SLe:
      return "s<=";
    case Cond::SGt:
      return "s>";
    case Cond::SGe:
      return "s>=";
    case Cond::BitsZero:
      return "bits zero";
    case Cond::BitsNonZero:
      return "bits not zero";
    case Cond::Other:
      return "some condition";
  }
  return "bad condition";
}

// A field that a relocation may replace is marked with a star.
std::string number(int64_t value, bool relocatable) { return fmt::format("{}{}", value, relocatable ? "*" : ""); }

// a + (b << scale) + imm
std::string sum(const MicroOp& op, const Arch& arch) {
  std::string text;
  if (op.a != kNoReg) text = name(op.a, arch);
  if (op.b != kNoReg) {
    if (!text.empty()) text += " + ";
    text += op.scale ? fmt::format("({} << {})", name(op.b, arch), op.scale) : std::string(name(op.b, arch));
  }
  if (text.empty()) return number(op.imm, op.relocatable);
  if (op.imm != 0 || op.relocatable) text += " + " + number(op.imm, op.relocatable);
  return text;
}

std::string memory(const MicroOp& op, const Arch& arch) { return fmt::format("[{}]", sum(op, arch)); }

std::string target(const MicroOp& op) { return "pc + " + number(op.imm, op.relocatable); }

// What follows the value: "4" bytes wide, and whether the rest of the register stays.
std::string width(const MicroOp& op) {
  std::string text = op.width == 8 ? "" : fmt::format(" ({} bytes)", op.width);
  return op.merges ? text + " merged" : text;
}

std::string set(int64_t registers, const Arch& arch) {
  std::string text;
  for (size_t i = 0; i < arch.registers.size(); i++) {
    if (!(static_cast<RegSet>(registers) & reg_bit(static_cast<Reg>(i)))) continue;
    text += text.empty() ? "" : ", ";
    text += arch.registers[i].name;
  }
  return text;
}

std::string value(const MicroOp& op, const Arch& arch) {
  std::string_view a = name(op.a, arch), b = name(op.b, arch);
  std::string imm = number(op.imm, op.relocatable);
  switch (op.op) {
    case Op::Copy:
      return std::string(a);
    case Op::Const:
      return imm;
    case Op::Add:
    case Op::AddReg:
      return sum(op, arch);
    case Op::AddScalable:
      return fmt::format("{}{}{} vg", op.a == kNoReg ? "" : a, op.a == kNoReg ? "" : " + ", op.imm);
    case Op::SubReg:
      return op.scale ? fmt::format("{} - ({} << {})", a, b, op.scale) : fmt::format("{} - {}", a, b);
    case Op::And:
      return fmt::format("{} & {:#x}", a, static_cast<uint64_t>(op.imm));
    case Op::Or:
      return fmt::format("{} | {:#x}", a, static_cast<uint64_t>(op.imm));
    case Op::AndReg:
      return fmt::format("{} & {}", a, b);
    case Op::OrReg:
      return fmt::format("{} | {}", a, b);
    case Op::Shl:
      return fmt::format("{} << {}", a, imm);
    case Op::Shr:
      return fmt::format("{} >> {}", a, imm);
    case Op::Sar:
      return fmt::format("{} >>s {}", a, imm);
    case Op::Zext:
      return fmt::format("zext {}", a);
    case Op::Sext:
      return fmt::format("sext{} {}", 8 * op.to_width, a);
    case Op::Address:
      return fmt::format("{} + {}", op.page ? "page(pc)" : "pc", imm);
    case Op::Clobber:
      return "?";
    case Op::Select:
      return fmt::format("{} if {} else {}", a, name(op.cond), b);
    case Op::Load:
      return (op.is_signed ? fmt::format("sext{} ", 8 * op.to_width) : std::string()) + memory(op, arch);
    default:
      return "";
  }
}

}  // namespace

std::string to_text(const MicroOp& op, const Arch& arch) {
  std::string imm2 = number(op.imm2, op.relocatable2);
  switch (op.op) {
    case Op::ClobberSet:
      return fmt::format("{} = ?", set(op.imm, arch));
    case Op::Store:
      return fmt::format("{} = {}{}", memory(op, arch), name(op.src, arch), width(op));
    case Op::StoreConst:
      return fmt::format("{} = {}{}", memory(op, arch), imm2, width(op));
    case Op::StoreUnknownSize:
      return op.a == kNoReg && op.b == kNoReg && op.imm == 0
                 ? std::string("[anywhere..] = ?")
                 : fmt::format("[{}.. {} of {} bytes] = ?", sum(op, arch), name(op.src, arch), op.width);
    case Op::Compare:
      return fmt::format("flags = {} - {}{}{}", name(op.a, arch),
                         op.b == kNoReg ? number(op.imm, op.relocatable) : std::string(name(op.b, arch)), width(op),
                         op.transient ? " for the moment" : "");
    case Op::CompareMem:
      return fmt::format("flags = {} - {}{}", memory(op, arch), imm2, width(op));
    case Op::TestBits:
      return fmt::format("flags = {} & {:#x}{}{}", name(op.a, arch), static_cast<uint64_t>(op.imm), width(op),
                         op.transient ? " for the moment" : "");
    case Op::FlagsLost:
      return "flags = ?";
    case Op::Jump:
      return "jump " + target(op);
    case Op::Branch:
      return fmt::format("if {} jump {}", name(op.cond), target(op));
    case Op::JumpReg:
      return fmt::format("jump {}", name(op.a, arch));
    case Op::JumpMem:
      return "jump " + memory(op, arch);
    case Op::Call:
      return "call " + target(op);
    case Op::CallReg:
      return fmt::format("call {}", name(op.a, arch));
    case Op::CallMem:
      return "call " + memory(op, arch);
    case Op::Return:
      return op.a == kNoReg ? std::string("return") : fmt::format("return to {}", name(op.a, arch));
    case Op::Trap:
      return "trap";
    case Op::Syscall:
      return op.a == kNoReg ? std::string("syscall") : fmt::format("syscall {}", name(op.a, arch));
    case Op::SignReturn:
      return fmt::format("sign {}", name(op.dst, arch));
    case Op::AuthReturn:
      return fmt::format("{} {}", op.imm == 1 ? "strip" : "authenticate", name(op.dst, arch));
    case Op::Unmodelled:
      return "unmodelled";
    default:
      return fmt::format("{} = {}{}", name(op.dst, arch), value(op, arch), width(op));
  }
}

std::string to_text(std::span<const MicroOp> ops, const Arch& arch) {
  std::string text;
  for (const MicroOp& op : ops) {
    if (!text.empty()) text += "; ";
    text += to_text(op, arch);
  }
  return text;
}

}  // namespace objhound::oracle
