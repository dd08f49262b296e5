// Moves: registers, memory and immediates at all widths, extensions, LEA, XCHG, conditional moves.
// Operand orders are LLVM's; what the instructions do is Intel SDM volume 2.

#include "oracle/decode/arch-x86-64-lift.h"

namespace objhound::oracle::x86_64 {
namespace {

void store_constant(Context& c, const Address& to, int64_t value, uint8_t width) {
  if (to.thread_local_storage) return;
  MicroOp op = with_address({.op = Op::StoreConst, .width = width, .imm2 = value}, to);
  if (c.form.imm_bytes >= 4) {
    op.relocatable2 = true;
    op.imm2_at = static_cast<uint8_t>(c.length() - c.form.imm_bytes);
  }
  c.emit(op);
}

void copy(Context& c, const RegisterFact& dst, const RegisterFact& src) {
  Reg a = c.value(src);
  if (a == kNoReg) {
    c.clobber(dst);
  } else {
    c.set(dst, {.op = Op::Copy, .a = a});
  }
}

// The 64-bit address forms of MOV with the accumulator: "movabs".
Address absolute(Context& c) {
  Address at{.imm_at = static_cast<uint8_t>(c.length() - 8), .relocatable = true, .imm = c.imm(0)};
  at.thread_local_storage = c.reg(1).thread;
  if (at.thread_local_storage || c.has_short_addresses()) {
    c.emit({.op = Op::Clobber, .dst = kTemp0});
    at = {.a = kTemp0, .thread_local_storage = at.thread_local_storage};
  }
  return at;
}

void mov(Context& c) {
  const uint8_t width = c.form.width;
  std::string_view layout = c.form.layout;
  if (layout == "rr") {
    copy(c, c.reg(0), c.reg(1));
  } else if (layout == "ri") {
    c.set(c.reg(0), c.with_immediate({.op = Op::Const}, cut(c.imm(1), width)));
  } else if (layout == "rm") {
    c.load(c.reg(0), c.address(1), width);
  } else if (layout == "mr") {
    Address to = c.address(0);
    c.store(to, c.value(c.reg(5)), width);
  } else if (layout == "mi") {
    store_constant(c, c.address(0), cut(c.imm(5), width), width);
  } else if (layout == "ao") {
    c.load(c.accumulator(), absolute(c), width);
  } else if (layout == "oa") {
    c.store(absolute(c), kRax, width);
  }
}

// MOVZX32rr8, MOVSX64rm32.
void extend(Context& c, bool is_signed) {
  const RegisterFact& dst = c.reg(0);
  const uint8_t from = c.form.from_width;
  if (dst.width <= 2) {  // into half of a register's half: nothing rests on that
    c.clobber(dst);
  } else if (c.form.layout == "rm") {
    MicroOp op =
        with_address({.op = Op::Load, .width = from, .to_width = dst.width, .is_signed = is_signed}, c.address(1));
    c.set(dst, op);
  } else {
    Reg a = c.value(c.reg(1));
    if (a == kNoReg) {
      c.clobber(dst);
    } else {
      c.set(dst, {.op = is_signed ? Op::Sext : Op::Zext, .width = from, .to_width = dst.width, .a = a});
    }
  }
}

void movzx(Context& c) { extend(c, false); }
void movsx(Context& c) { extend(c, true); }

void lea(Context& c) {
  const RegisterFact& dst = c.reg(0);
  Address at = c.address(1);
  if (dst.width == 2 || at.a == kTemp0 || (at.a == kPcReg && dst.width != 8)) {
    c.clobber(dst);
  } else if (at.a == kPcReg) {
    c.set(dst, {.op = Op::Address, .relocatable = at.relocatable, .imm_at = at.imm_at, .imm = at.imm});
  } else if (at.b == kNoReg && at.a == kNoReg) {
    c.set(dst, {.op = Op::Const, .relocatable = at.relocatable, .imm_at = at.imm_at, .imm = cut(at.imm, dst.width)});
  } else if (at.b == kNoReg) {
    c.set(dst, with_address({.op = Op::Add}, at));
  } else if (at.a == kNoReg && at.imm == 0 && !at.relocatable) {
    c.set(dst, {.op = Op::Shl, .a = at.b, .imm = at.scale});
  } else {
    c.set(dst, with_address({.op = Op::AddReg}, at));
  }
}

void xchg(Context& c) {
  if (c.form.layout == "rm") {
    const RegisterFact& reg = c.reg(0);
    Address at = c.address(2);
    if (reg.high || reg.reg == kNoReg) {
      c.store(at, kNoReg, c.form.width);
      c.clobber(reg);
      return;
    }
    c.load(Context::temp(c.form.width), at, c.form.width);
    c.store(at, reg.reg, c.form.width);
    c.set(reg, {.op = Op::Copy, .a = kTemp1});
    return;
  }
  const RegisterFact first = c.reg(0);
  const RegisterFact second = c.form.layout == "ar" ? c.accumulator() : c.reg(1);
  if (first.reg == second.reg && first.width == 2) {  // xchg %ax, %ax: a two-byte no-op
    c.out.nop = true;
    return;
  }
  if (first.high || second.high || first.reg == kNoReg || second.reg == kNoReg) {
    c.clobber(first);
    c.clobber(second);
    return;
  }
  c.set(Context::temp(first.width), {.op = Op::Copy, .a = first.reg});
  c.set(first, {.op = Op::Copy, .a = second.reg});
  c.set(second, {.op = Op::Copy, .a = kTemp1});
}

void cmov(Context& c) {
  const RegisterFact& dst = c.reg(0);
  Cond cond = condition(c.imm(c.inst.getNumOperands() - 1));
  Reg taken = c.reg(2).reg, kept = c.reg(1).reg;
  if (c.form.layout == "rm") {
    c.load(Context::temp(c.form.width), c.address(2), c.form.width);
    taken = kTemp1;
  }
  if (taken == kNoReg || kept == kNoReg) {
    c.clobber(dst);
  } else {
    c.set(dst, {.op = Op::Select, .a = taken, .b = kept, .cond = cond});
  }
}

// The sign extensions of the accumulator into itself or into rdx.
void cdqe(Context& c) { c.set({.reg = kRax, .width = 8}, {.op = Op::Sext, .width = 4, .to_width = 8, .a = kRax}); }
void cwde(Context& c) { c.set({.reg = kRax, .width = 4}, {.op = Op::Sext, .width = 2, .to_width = 4, .a = kRax}); }
void cbw(Context& c) { c.clobber({.reg = kRax, .width = 2}); }
void cqo(Context& c) { c.set({.reg = kRdx, .width = 8}, {.op = Op::Sar, .a = kRax, .imm = 63}); }
void cdq(Context& c) { c.set({.reg = kRdx, .width = 4}, {.op = Op::Sar, .a = kRax, .imm = 31}); }
void cwd(Context& c) { c.clobber({.reg = kRdx, .width = 2}); }

// A condition as a byte.
void setcc_register(Context& c) { c.clobber(c.reg(0)); }
void setcc_memory(Context& c) { c.store(c.address(0), kNoReg, 1); }

}  // namespace

LiftFunction move_opcode(std::string_view opcode) {
  static constexpr LiftEntry kEntries[] = {
      {"LEA64_32r", lea},
      {"CDQE", cdqe},
      {"CWDE", cwde},
      {"CBW", cbw},
      {"CQO", cqo},
      {"CDQ", cdq},
      {"CWD", cwd},
      {"SETCCr", setcc_register},
      {"SETCCm", setcc_memory},
  };
  return find_entry(kEntries, opcode);
}

LiftFunction move_form(const Form& form) {
  struct Entry {
    std::string_view stem;
    std::string_view layouts;  // " rr ri ": those that the function knows
    LiftFunction lift;
  };
  static constexpr Entry kEntries[] = {
      {"MOV", " rr ri rm mr mi ao oa ", mov},
      {"MOVZX", " rr rm ", movzx},
      {"MOVSX", " rr rm ", movsx},
      {"LEA", " r ", lea},
      {"XCHG", " rr rm ar ", xchg},
      {"CMOV", " rr rm ", cmov},
  };
  for (const Entry& entry : kEntries) {
    if (entry.stem == form.stem && has_layout(entry.layouts, form.layout)) return entry.lift;
  }
  return nullptr;
}

}  // namespace objhound::oracle::x86_64
