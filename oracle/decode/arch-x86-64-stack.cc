// PUSH, POP, ENTER, LEAVE and their kin: the instructions that move the stack pointer on their own.

#include "oracle/decode/arch-x86-64-lift.h"

namespace objhound::oracle::x86_64 {
namespace {

const Address kTopOfStack{.a = kRsp};

void move_sp(Context& c, int64_t bytes) { c.emit({.op = Op::Add, .dst = kRsp, .a = kRsp, .imm = bytes}); }

void push_value(Context& c, Reg value, uint8_t width) {
  move_sp(c, -width);
  c.store(kTopOfStack, value, width);
}

template <uint8_t width>
void push_register(Context& c) {
  Reg value = c.reg(0).reg;
  if (value == kRsp) {  // the old value is pushed
    c.set(Context::temp(width), {.op = Op::Copy, .a = kRsp});
    value = kTemp1;
  }
  push_value(c, value, width);
}

template <uint8_t width>
void push_memory(Context& c) {
  c.load(Context::temp(width), c.address(0), width);
  push_value(c, kTemp1, width);
}

template <uint8_t width, uint8_t imm_bytes>
void push_immediate(Context& c) {
  move_sp(c, -width);
  MicroOp op = with_address({.op = Op::StoreConst, .width = width, .imm2 = c.imm(0)}, kTopOfStack);
  if (imm_bytes == 4) {
    op.relocatable2 = true;
    op.imm2_at = static_cast<uint8_t>(c.length() - imm_bytes);
  }
  c.emit(op);
}

template <uint8_t width>
void push_unknown(Context& c) {
  push_value(c, kNoReg, width);
}

template <uint8_t width>
void pop_register(Context& c) {
  const RegisterFact& dst = c.reg(0);
  c.load(dst, kTopOfStack, width);
  if (dst.reg == kRsp && width == 8) return;  // what was popped is the new stack pointer
  if (dst.reg == kRsp) return c.unmodelled();
  move_sp(c, width);
}

// The address counts from the stack pointer after the pop.
template <uint8_t width>
void pop_memory(Context& c) {
  c.load(Context::temp(width), kTopOfStack, width);
  move_sp(c, width);
  c.store(c.address(0), kTemp1, width);
}

template <uint8_t width>
void pop_flags(Context& c) {
  move_sp(c, width);
  c.flags_lost();
}

template <uint8_t width>
void pop_nothing(Context& c) {
  move_sp(c, width);
}

// PUSH2 and POP2 (APX): two registers, the first operand at the higher address.
void push_pair(Context& c) {
  if (c.reg(0).reg == kRsp || c.reg(1).reg == kRsp) return c.unmodelled();
  push_value(c, c.reg(0).reg, 8);
  push_value(c, c.reg(1).reg, 8);
}

void pop_pair(Context& c) {
  for (unsigned i : {0u, 1u}) {
    if (c.reg(i).reg == kRsp) return c.unmodelled();
  }
  for (unsigned i : {0u, 1u}) {
    c.load(c.reg(i), kTopOfStack, 8);
    move_sp(c, 8);
  }
}

void leave(Context& c) {
  if (c.has_prefix({0x66})) return c.unmodelled();  // pops two bytes
  c.emit({.op = Op::Copy, .dst = kRsp, .a = kRbp});
  c.load({.reg = kRbp, .width = 8}, kTopOfStack, 8);
  move_sp(c, 8);
}

// ENTER size, level. Nested levels copy frame pointers; no compiler uses them.
void enter(Context& c) {
  if (c.imm(1) != 0 || c.has_prefix({0x66})) return c.unmodelled();
  push_value(c, kRbp, 8);
  c.emit({.op = Op::Copy, .dst = kRbp, .a = kRsp});
  move_sp(c, -cut(c.imm(0), 2));
}

// With both an operand size prefix and REX.W, LLVM names the 16-bit form and the CPU moves 64 bits.
void unmodelled(Context& c) { c.unmodelled(); }

}  // namespace

LiftFunction stack_opcode(std::string_view opcode) {
  static constexpr LiftEntry kEntries[] = {
      {"PUSH64r", push_register<8>},
      {"PUSH64rmr", push_register<8>},
      {"PUSHP64r", push_register<8>},
      {"PUSH16r", push_register<2>},
      {"PUSH16rmr", push_register<2>},
      {"PUSH64rmm", push_memory<8>},
      {"PUSH16rmm", push_memory<2>},
      {"PUSH64i8", push_immediate<8, 1>},
      {"PUSH64i32", push_immediate<8, 4>},
      {"PUSH16i8", push_immediate<2, 1>},
      {"PUSH16i", push_immediate<2, 2>},
      {"PUSHF64", push_unknown<8>},
      {"PUSHF16", push_unknown<2>},
      {"PUSHFS64", push_unknown<8>},
      {"PUSHGS64", push_unknown<8>},
      {"PUSHFS16", unmodelled},
      {"PUSHGS16", unmodelled},
      {"POP64r", pop_register<8>},
      {"POP64rmr", pop_register<8>},
      {"POPP64r", pop_register<8>},
      {"POP16r", pop_register<2>},
      {"POP16rmr", pop_register<2>},
      {"POP64rmm", pop_memory<8>},
      {"POP16rmm", pop_memory<2>},
      {"POPF64", pop_flags<8>},
      {"POPF16", pop_flags<2>},
      {"POPFS64", pop_nothing<8>},
      {"POPGS64", pop_nothing<8>},
      {"POPFS16", unmodelled},
      {"POPGS16", unmodelled},
      {"PUSH2", push_pair},
      {"PUSH2P", push_pair},
      {"POP2", pop_pair},
      {"POP2P", pop_pair},
      {"LEAVE64", leave},
      {"ENTER", enter},
  };
  return find_entry(kEntries, opcode);
}

}  // namespace objhound::oracle::x86_64
