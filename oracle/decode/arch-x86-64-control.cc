// Jumps, calls, returns, traps and system calls.

#include "oracle/decode/arch-x86-64-lift.h"

namespace objhound::oracle::x86_64 {
namespace {

// The target of a branch with a displacement, from the instruction's start. Only a field of four bytes can be
// relocated.
MicroOp to_displacement(Context& c, MicroOp op) {
  op.imm = c.imm(0) + c.length();
  if (c.length() >= 5) {
    op.relocatable = true;
    op.imm_at = static_cast<uint8_t>(c.length() - 4);
  }
  return op;
}

template <Op op>
void direct(Context& c) {
  c.emit(to_displacement(c, {.op = op}));
}

void branch(Context& c) { c.emit(to_displacement(c, {.op = Op::Branch, .cond = condition(c.imm(1))})); }
void branch_anyhow(Context& c) { c.emit(to_displacement(c, {.op = Op::Branch, .cond = Cond::Other})); }

template <Op op>
void through_register(Context& c) {
  Reg target = c.reg(0).reg;
  if (target == kNoReg) {
    c.emit({.op = Op::Clobber, .dst = kTemp0});
    target = kTemp0;
  }
  c.emit({.op = op, .a = target});
}

template <Op op>
void through_memory(Context& c) {
  c.emit(with_address({.op = op}, c.address(0)));
}

// JRCXZ, JECXZ: jump on the counter, whatever the flags say.
template <uint8_t width>
void branch_if_zero(Context& c) {
  c.emit({.op = Op::Compare, .width = width, .a = kRcx, .transient = true, .imm = 0});
  c.emit(to_displacement(c, {.op = Op::Branch, .cond = Cond::Eq}));
}

void count_down(Context& c) {
  uint8_t width = c.has_short_addresses() ? 4 : 8;
  c.set({.reg = kRcx, .width = width}, {.op = Op::Add, .a = kRcx, .imm = -1});
}

void loop(Context& c) {
  count_down(c);
  c.emit({.op = Op::Compare, .width = c.has_short_addresses() ? uint8_t{4} : uint8_t{8}, .a = kRcx, .transient = true});
  c.emit(to_displacement(c, {.op = Op::Branch, .cond = Cond::Ne}));
}

void loop_and_flags(Context& c) {
  count_down(c);
  branch_anyhow(c);
}

// A transaction that aborts goes on at the target with a status in eax.
void transaction(Context& c) {
  c.clobber({.reg = kRax, .width = 4});
  branch_anyhow(c);
}

void ret(Context& c) { c.emit({.op = Op::Return}); }

// Returns of other worlds: with operands popped, far, from interrupts, to user mode.
void odd_return(Context& c) {
  c.unmodelled();
  c.emit({.op = Op::Return});
}

template <Op op>
void odd_transfer(Context& c) {
  c.unmodelled();
  c.emit({.op = Op::Clobber, .dst = kTemp0});
  c.emit({.op = op, .a = kTemp0});
}

void trap(Context& c) { c.emit({.op = Op::Trap}); }

void breakpoint(Context& c) {
  c.out.nop = true;  // fills the space between functions
  trap(c);
}

// The kernel keeps all registers but these (psABI A.2.1); the flags come back from r11.
void syscall(Context& c) {
  c.clobber_set(reg_bit(kRax) | reg_bit(kRcx) | reg_bit(kR11));
  c.flags_lost();
  c.emit({.op = Op::Syscall, .a = kRax});
}

// int $0x80 is the 32-bit system call, which may lose r8..r11. No other software interrupt has a known meaning.
void interrupt(Context& c) {
  if ((c.imm(0) & 0xff) != 0x80) return c.unmodelled();
  c.clobber_set(reg_bit(kRax) | reg_bit(kR8) | reg_bit(kR9) | reg_bit(kR10) | reg_bit(kR11));
  c.emit({.op = Op::Syscall});
}

void unmodelled(Context& c) { c.unmodelled(); }

}  // namespace

Cond condition(int64_t encoding) {
  switch (encoding) {
    case 2:
      return Cond::ULt;
    case 3:
      return Cond::UGe;
    case 4:
      return Cond::Eq;
    case 5:
      return Cond::Ne;
    case 6:
      return Cond::ULe;
    case 7:
      return Cond::UGt;
    case 12:
      return Cond::SLt;
    case 13:
      return Cond::SGe;
    case 14:
      return Cond::SLe;
    case 15:
      return Cond::SGt;
    default:
      return Cond::Other;
  }
}

LiftFunction control_opcode(std::string_view opcode) {
  static constexpr LiftEntry kEntries[] = {
      {"JMP_1", direct<Op::Jump>},
      {"JMP_4", direct<Op::Jump>},
      {"JCC_1", branch},
      {"JCC_4", branch},
      {"CALL64pcrel32", direct<Op::Call>},
      {"JMP64r", through_register<Op::JumpReg>},
      {"JMP64r_NT", through_register<Op::JumpReg>},
      {"JMP64m", through_memory<Op::JumpMem>},
      {"JMP64m_NT", through_memory<Op::JumpMem>},
      {"CALL64r", through_register<Op::CallReg>},
      {"CALL64r_NT", through_register<Op::CallReg>},
      {"CALL64m", through_memory<Op::CallMem>},
      {"CALL64m_NT", through_memory<Op::CallMem>},
      {"JRCXZ", branch_if_zero<8>},
      {"JECXZ", branch_if_zero<4>},
      {"LOOP", loop},
      {"LOOPE", loop_and_flags},
      {"LOOPNE", loop_and_flags},
      {"XBEGIN_4", transaction},
      {"RET64", ret},
      {"RETI64", odd_return},
      {"RET16", odd_return},
      {"RETI16", odd_return},
      {"RET32", odd_return},
      {"RETI32", odd_return},
      {"LRET16", odd_return},
      {"LRET32", odd_return},
      {"LRET64", odd_return},
      {"LRETI16", odd_return},
      {"LRETI32", odd_return},
      {"LRETI64", odd_return},
      {"IRET16", odd_return},
      {"IRET32", odd_return},
      {"IRET64", odd_return},
      {"UIRET", odd_return},
      {"ERETS", odd_return},
      {"ERETU", odd_return},
      {"SYSRET", odd_return},
      {"SYSRET64", odd_return},
      {"SYSEXIT", odd_return},
      {"SYSEXIT64", odd_return},
      {"RSM", odd_return},
      {"JMP_2", odd_transfer<Op::JumpReg>},
      {"FARJMP16m", odd_transfer<Op::JumpReg>},
      {"FARJMP32m", odd_transfer<Op::JumpReg>},
      {"FARJMP64m", odd_transfer<Op::JumpReg>},
      {"JMP16r", odd_transfer<Op::JumpReg>},
      {"JMP16m", odd_transfer<Op::JumpReg>},
      {"JMP32r", odd_transfer<Op::JumpReg>},
      {"JMP32m", odd_transfer<Op::JumpReg>},
      {"FARCALL16m", odd_transfer<Op::CallReg>},
      {"FARCALL32m", odd_transfer<Op::CallReg>},
      {"FARCALL64m", odd_transfer<Op::CallReg>},
      {"CALL16r", odd_transfer<Op::CallReg>},
      {"CALL16m", odd_transfer<Op::CallReg>},
      {"TRAP", trap},
      {"HLT", trap},
      {"UD1Wr", trap},
      {"UD1Lr", trap},
      {"UD1Qr", trap},
      {"UD1Wm", trap},
      {"UD1Lm", trap},
      {"UD1Qm", trap},
      {"INT3", breakpoint},
      {"SYSCALL", syscall},
      {"SYSENTER", unmodelled},
      {"INT", interrupt},
  };
  return find_entry(kEntries, opcode);
}

}  // namespace objhound::oracle::x86_64
