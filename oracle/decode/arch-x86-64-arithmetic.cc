// Arithmetic, logic, shifts and comparisons, and what they leave in the flags.
//
// What is described of the flags: a comparison, exactly, and SUB, which is one that keeps the difference. AND, OR and
// XOR clear carry and overflow, so they compare their result with 0. After ADD, INC, DEC, NEG and shifts only the zero
// flag speaks of the result alone; that is a TestBits of all its bits, after which no other condition is described.

#include "oracle/decode/arch-x86-64-lift.h"

namespace objhound::oracle::x86_64 {
namespace {

// The two inputs of an operation; `b` kNoReg: the immediate.
struct Operands {
  RegisterFact dst = {};  // kTemp1 for a destination in memory
  Reg a = kNoReg;
  Reg b = kNoReg;
  int64_t imm = 0;
  bool has_imm = false;
};

void compare_with_zero(Context& c, Reg reg) { c.emit({.op = Op::Compare, .width = c.form.width, .a = reg, .imm = 0}); }

void test_zero(Context& c, Reg reg) {
  c.emit({.op = Op::TestBits, .width = c.form.width, .a = reg, .imm = cut(-1, c.form.width)});
}

using Compute = void (*)(Context&, const Operands&);

// Where the result's flags can be read, or kNoReg.
Reg result_of(const Operands& o) { return o.dst.high ? kNoReg : o.dst.reg; }

void zero_flag_from(Context& c, const Operands& o) {
  result_of(o) == kNoReg ? c.flags_lost() : test_zero(c, o.dst.reg);
}
void comparison_from(Context& c, const Operands& o) {
  result_of(o) == kNoReg ? c.flags_lost() : compare_with_zero(c, o.dst.reg);
}

bool known(const Operands& o) { return o.a != kNoReg && (o.has_imm || o.b != kNoReg); }

void add(Context& c, const Operands& o) {
  if (!known(o)) {
    c.clobber(o.dst);
  } else if (o.has_imm) {
    c.set(o.dst, c.with_immediate({.op = Op::Add, .a = o.a}, o.imm));
  } else {
    c.set(o.dst, {.op = Op::AddReg, .a = o.a, .b = o.b});
  }
  zero_flag_from(c, o);
}

void sub(Context& c, const Operands& o) {
  if (known(o)) {
    const Reg b = o.has_imm ? kNoReg : o.b;
    c.emit({.op = Op::Compare, .width = c.form.width, .a = o.a, .b = b, .imm = o.has_imm ? o.imm : 0});
  }
  if (!known(o)) {
    c.clobber(o.dst);
  } else if (o.has_imm) {
    c.set(o.dst, {.op = Op::Add, .a = o.a, .imm = -o.imm});
  } else if (o.a == o.b) {
    c.set(o.dst, {.op = Op::Const, .imm = 0});
  } else {
    c.set(o.dst, {.op = Op::SubReg, .a = o.a, .b = o.b});
  }
  if (!known(o)) zero_flag_from(c, o);
}

void and_(Context& c, const Operands& o) {
  if (o.has_imm && o.imm == 0) {  // how Clang clears memory when it optimises for size
    c.set(o.dst, {.op = Op::Const, .imm = 0});
  } else if (known(o) && o.has_imm) {
    c.set(o.dst, {.op = Op::And, .a = o.a, .imm = cut(o.imm, c.form.width)});
  } else if (known(o) && o.a == o.b) {
    c.set(o.dst, {.op = Op::Copy, .a = o.a});
  } else if (known(o)) {
    c.set(o.dst, {.op = Op::AndReg, .a = o.a, .b = o.b});
  } else {
    c.clobber(o.dst);
  }
  comparison_from(c, o);
}

void or_(Context& c, const Operands& o) {
  if (o.has_imm && o.imm == -1) {
    c.set(o.dst, {.op = Op::Const, .imm = cut(-1, c.form.width)});
  } else if (known(o) && o.has_imm) {
    c.set(o.dst, {.op = Op::Or, .a = o.a, .imm = cut(o.imm, c.form.width)});
  } else if (known(o) && o.a == o.b) {
    c.set(o.dst, {.op = Op::Copy, .a = o.a});
  } else if (known(o)) {
    c.set(o.dst, {.op = Op::OrReg, .a = o.a, .b = o.b});
  } else {
    c.clobber(o.dst);
  }
  comparison_from(c, o);
}

void xor_(Context& c, const Operands& o) {
  if (known(o) && !o.has_imm && o.a == o.b) {
    c.set(o.dst, {.op = Op::Const, .imm = 0});
  } else {
    c.clobber(o.dst);
  }
  comparison_from(c, o);
}

// ADC, SBB: the carry is not tracked.
void with_carry(Context& c, const Operands& o) {
  c.clobber(o.dst);
  c.flags_lost();
}

void shift(Context& c, const Operands& o, Op op) {
  const unsigned bits = 8u * c.form.width;
  const int64_t count = o.imm & (bits == 64 ? 63 : 31);
  if (!known(o) || !o.has_imm || count >= static_cast<int64_t>(bits)) {
    c.clobber(o.dst);
    c.flags_lost();
  } else if (count == 0) {  // the flags stay
    c.set(o.dst, {.op = Op::Copy, .a = o.a});
  } else {
    c.set(o.dst, {.op = op, .a = o.a, .imm = count});
    zero_flag_from(c, o);
  }
}
void shl(Context& c, const Operands& o) { shift(c, o, Op::Shl); }
void shr(Context& c, const Operands& o) { shift(c, o, Op::Shr); }
void sar(Context& c, const Operands& o) { shift(c, o, Op::Sar); }

void neg(Context& c, const Operands& o) {
  if (o.a == kNoReg || o.dst.high || o.dst.reg == kTemp1) {
    c.clobber(o.dst);
  } else {
    c.set(Context::temp(c.form.width), {.op = Op::Const, .imm = 0});
    c.set(o.dst, {.op = Op::SubReg, .a = kTemp1, .b = o.a});
  }
  zero_flag_from(c, o);
}

void not_(Context& c, const Operands& o) { c.clobber(o.dst); }

void inc(Context& c, const Operands& o) { add(c, {.dst = o.dst, .a = o.a, .imm = 1, .has_imm = true}); }
void dec(Context& c, const Operands& o) { add(c, {.dst = o.dst, .a = o.a, .imm = -1, .has_imm = true}); }

Reg tracked(const RegisterFact& fact) { return fact.high ? kNoReg : fact.reg; }

// `lock orq $0, (%rsp)` is a memory barrier, `orq $0, (%rsp)` probes the stack: what stands there stays as it is.
bool changes_nothing(Compute compute, const Operands& o) {
  return o.has_imm && o.imm == 0 && (compute == add || compute == sub || compute == or_ || compute == xor_);
}

// A destination in memory: load, compute in kTemp1, store.
void in_memory(Context& c, Compute compute, Operands o) {
  const uint8_t width = c.form.width;
  Address at = c.address(0);
  c.load(Context::temp(width), at, width);
  o.dst = Context::temp(width);
  o.a = kTemp1;
  compute(c, o);
  if (!changes_nothing(compute, o)) c.store(at, kTemp1, width);
}

// Brings every layout of a two-operand instruction into one shape. LLVM lists a destination that is also read twice.
void arithmetic(Context& c, Compute compute) {
  std::string_view layout = c.form.layout;
  Operands o{.dst = c.reg(0), .a = tracked(c.reg(1))};
  if (layout == "rr") {
    o.b = tracked(c.reg(2));
    compute(c, o);
  } else if (layout == "ri" || layout == "r1" || layout == "r") {
    o.imm = layout == "r1" ? 1 : c.imm(2);
    o.has_imm = true;
    compute(c, o);
  } else if (layout == "i") {
    compute(c, {.dst = c.accumulator(), .a = kRax, .imm = c.imm(0), .has_imm = true});
  } else if (layout == "rm") {
    c.load(Context::temp(c.form.width), c.address(2), c.form.width);
    o.b = kTemp1;
    compute(c, o);
  } else if (layout == "mr") {
    in_memory(c, compute, {.b = tracked(c.reg(5))});
  } else if (layout == "mi" || layout == "m1" || layout == "m") {
    in_memory(c, compute, {.imm = layout == "m1" ? 1 : c.imm(5), .has_imm = true});
  } else if (layout == "rCL") {
    compute(c, o);
  } else {  // mCL
    in_memory(c, compute, {});
  }
}

template <Compute compute>
void lift_arithmetic(Context& c) {
  arithmetic(c, compute);
}

void compare(Context& c, Reg a, Reg b) {
  if (a == kNoReg || b == kNoReg) {
    c.flags_lost();
  } else {
    c.emit({.op = Op::Compare, .width = c.form.width, .a = a, .b = b});
  }
}

void compare_immediate(Context& c, Reg a, int64_t imm) {
  if (a == kNoReg) {
    c.flags_lost();
  } else {
    c.emit(c.with_immediate({.op = Op::Compare, .width = c.form.width, .a = a}, imm));
  }
}

void cmp(Context& c) {
  const uint8_t width = c.form.width;
  std::string_view layout = c.form.layout;
  if (layout == "rr") {
    if (c.reg(0).high && c.reg(1).high) return c.flags_lost();  // one temporary is not enough
    Reg a = c.value(c.reg(0));
    compare(c, a, c.value(c.reg(1)));
  } else if (layout == "ri") {
    compare_immediate(c, c.value(c.reg(0)), c.imm(1));
  } else if (layout == "i") {
    compare_immediate(c, kRax, c.imm(0));
  } else if (layout == "rm") {
    c.load(Context::temp(width), c.address(1), width);
    compare(c, tracked(c.reg(0)), kTemp1);
  } else if (layout == "mr") {
    c.load(Context::temp(width), c.address(0), width);
    compare(c, kTemp1, tracked(c.reg(5)));
  } else {  // mi
    Address at = c.address(0);
    MicroOp op = with_address({.op = Op::CompareMem, .width = width, .imm2 = c.imm(5)}, at);
    if (c.form.imm_bytes >= 4) {
      op.relocatable2 = true;
      op.imm2_at = static_cast<uint8_t>(c.length() - c.form.imm_bytes);
    }
    c.emit(op);
  }
}

void test_immediate(Context& c, Reg a, int64_t imm) {
  if (a == kNoReg) {
    c.flags_lost();
  } else {
    c.emit({.op = Op::TestBits, .width = c.form.width, .a = a, .imm = cut(imm, c.form.width)});
  }
}

// TEST of a register with itself compares it with 0: it clears carry and overflow.
void test(Context& c) {
  const uint8_t width = c.form.width;
  std::string_view layout = c.form.layout;
  if (layout == "rr") {
    const RegisterFact &a = c.reg(0), &b = c.reg(1);
    if (a.reg == kNoReg || a.reg != b.reg || a.high != b.high) return c.flags_lost();
    compare_with_zero(c, c.value(a));
  } else if (layout == "ri") {
    test_immediate(c, c.value(c.reg(0)), c.imm(1));
  } else if (layout == "i") {
    test_immediate(c, kRax, c.imm(0));
  } else if (layout == "mi") {
    c.load(Context::temp(width), c.address(0), width);
    test_immediate(c, kTemp1, c.imm(5));
  } else {  // mr
    c.flags_lost();
  }
}

}  // namespace

LiftFunction arithmetic_form(const Form& form) {
  static constexpr LiftEntry kEntries[] = {
      {"ADD", lift_arithmetic<add>},
      {"SUB", lift_arithmetic<sub>},
      {"AND", lift_arithmetic<and_>},
      {"OR", lift_arithmetic<or_>},
      {"XOR", lift_arithmetic<xor_>},
      {"ADC", lift_arithmetic<with_carry>},
      {"SBB", lift_arithmetic<with_carry>},
      {"SHL", lift_arithmetic<shl>},
      {"SHR", lift_arithmetic<shr>},
      {"SAR", lift_arithmetic<sar>},
      {"NEG", lift_arithmetic<neg>},
      {"NOT", lift_arithmetic<not_>},
      {"INC", lift_arithmetic<inc>},
      {"DEC", lift_arithmetic<dec>},
      {"CMP", cmp},
      {"TEST", test},
  };
  constexpr std::string_view kLayouts = " rr ri rm mr mi i r m r1 m1 rCL mCL ";
  return has_layout(kLayouts, form.layout) ? find_entry(kEntries, form.stem) : nullptr;
}

}  // namespace objhound::oracle::x86_64
