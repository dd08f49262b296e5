// The arm64 lift, chapter 4: branches, calls and returns, conditions, traps, pointer authentication, hints.
//
// LLVM gives displacements in instructions; here they become bytes from the start of the instruction.

#include "oracle/decode/arch-arm64-lift.h"

namespace objhound::oracle::arm64 {

Cond condition(int64_t encoding) {
  constexpr Cond kConditions[16] = {
      Cond::Eq,    Cond::Ne,    Cond::UGe,    Cond::ULt,     // EQ NE HS LO
      Cond::Other, Cond::Other, Cond::Other,  Cond::Other,   // MI PL VS VC
      Cond::UGt,   Cond::ULe,   Cond::SGe,    Cond::SLt,     // HI LS GE LT
      Cond::SGt,   Cond::SLe,   Cond::Always, Cond::Always,  // GT LE AL NV
  };
  return kConditions[encoding & 15];
}

namespace {

constexpr int64_t kInsnBytes = 4;

void jump(Context& c, const Form&) { c.emit({.op = Op::Jump, .relocatable = true, .imm = c.imm(0) * kInsnBytes}); }

void call(Context& c, const Form&) { c.emit({.op = Op::Call, .relocatable = true, .imm = c.imm(0) * kInsnBytes}); }

// condition, displacement.
void branch(Context& c, const Form&) {
  Cond cond = condition(c.imm(0));
  Op op = cond == Cond::Always ? Op::Jump : Op::Branch;
  c.emit({.op = op, .cond = cond, .relocatable = true, .imm = c.imm(1) * kInsnBytes});
}

// CBZ, CBNZ (negative): Rt, displacement.
void compare_and_branch(Context& c, const Form& form) {
  Reg a = c.value(0, kTemp0);
  c.emit({.op = Op::Compare, .width = form.width, .a = a, .transient = true, .imm = 0});
  Cond cond = form.negative ? Cond::Ne : Cond::Eq;
  c.emit({.op = Op::Branch, .cond = cond, .relocatable = true, .imm = c.imm(1) * kInsnBytes});
}

// TBZ, TBNZ (negative): Rt, bit, displacement.
void test_and_branch(Context& c, const Form& form) {
  Reg a = c.value(0, kTemp0);
  int64_t mask = static_cast<int64_t>(uint64_t{1} << (c.imm(1) & 63));
  c.emit({.op = Op::TestBits, .width = form.width, .a = a, .transient = true, .imm = mask});
  Cond cond = form.negative ? Cond::BitsNonZero : Cond::BitsZero;
  c.emit({.op = Op::Branch, .cond = cond, .relocatable = true, .imm = c.imm(2) * kInsnBytes});
}

// BR, BLR, RET and those that authenticate the target, which is operand 0 (the zero register: address 0).
void through_register(Context& c, const Form& form) {
  c.emit({.op = static_cast<Op>(form.kind), .a = c.value(0, kTemp0)});
}

// PACIASP and the like; PACIA and the like are the same thing if they name LR.
void sign_or_authenticate(Context& c, const Form& form) {
  bool implicit = c.desc.getNumDefs() == 0;
  if (!implicit && c.dst(0) != kLr) return c.clobber(0);
  c.emit({.op = static_cast<Op>(form.kind), .dst = kLr, .imm = form.negative ? 1 : 0});
  c.out.landing_pad = form.flags;
}

void authenticate_and_return(Context& c, const Form&) {
  c.emit({.op = Op::AuthReturn, .dst = kLr});
  c.emit({.op = Op::Return, .a = kLr});
}

// HINT #imm: NOP is 0, BTI C, J and JC are 34, 36 and 38. BTI without a target (32) admits no indirect branch.
void hint(Context& c, const Form&) {
  int64_t number = c.imm(0);
  c.out.nop = number == 0;
  c.out.landing_pad = number == 34 || number == 36 || number == 38;
}

// Clang's __builtin_debugtrap() is BRK #0xf000: it is meant to go on. Other BRKs end an impossible path.
void breakpoint(Context& c, const Form&) {
  if (c.imm(0) != 0xf000) c.emit({.op = Op::Trap});
}

void trap(Context& c, const Form&) { c.emit({.op = Op::Trap}); }

// A Linux system call returns its result in x0 and keeps all other registers. A hypervisor or monitor may change
// x0..x17 (SMC Calling Convention, version 1.0).
void system_call(Context& c, const Form& form) {
  c.clobber_set(form.kind == 0 ? reg_bit(0) : (RegSet{1} << 18) - 1);
  c.emit({.op = Op::Syscall, .a = form.kind == 0 ? Reg{8} : kNoReg});
}

// System registers as MRS and MSR encode them: o0:op1:CRn:CRm:op2.
constexpr int64_t kNzcv = 0xda10, kRndr = 0xd920, kRndrrs = 0xd921;

// MRS Xt, register: a random number comes with the flags saying whether there was one.
void read_system_register(Context& c, const Form&) {
  c.clobber(0);
  if (c.imm(1) == kRndr || c.imm(1) == kRndrrs) c.flags_lost();
}

// MSR register, Xt.
void write_system_register(Context& c, const Form&) {
  if (c.imm(0) == kNzcv) c.flags_lost();
}

// MSR field, #imm. SPSel (field 5) makes another register the stack pointer.
void write_processor_state(Context& c, const Form&) {
  if (c.imm(0) == 5) c.emit({.op = Op::Unmodelled});
}

void add_pointer_authentication(FormTable& table) {
  Form sign = {.lift = sign_or_authenticate, .kind = kind(Op::SignReturn)};
  Form authenticate = {.lift = sign_or_authenticate, .kind = kind(Op::AuthReturn)};
  for (const char* name : {"PACIAZ", "PACIBZ", "PACIA", "PACIB", "PACIZA", "PACIZB", "PACNBIASPPC", "PACNBIBSPPC"}) {
    table.add({name}, sign);
  }
  sign.flags = true;  // these are landing pads as well (Arm ARM, D8.4.7.1)
  for (const char* name : {"PACIASP", "PACIBSP", "PACIASPPC", "PACIBSPPC"}) table.add({name}, sign);
  for (const char* name : {"AUTIAZ", "AUTIBZ", "AUTIASP", "AUTIBSP", "AUTIA", "AUTIB", "AUTIZA", "AUTIZB", "AUTIASPPCi",
                           "AUTIBSPPCi", "AUTIASPPCr", "AUTIBSPPCr"}) {
    table.add({name}, authenticate);
  }
  authenticate.negative = true;  // strips
  for (const char* name : {"XPACLRI", "XPACI"}) table.add({name}, authenticate);
  for (const char* name : {"RETAA", "RETAB", "RETAASPPCi", "RETABSPPCi", "RETAASPPCr", "RETABSPPCr"})
    table.add({name}, {.lift = authenticate_and_return});
}

}  // namespace

void add_control_forms(FormTable& table) {
  table.add({"B"}, {.lift = jump});
  table.add({"BL"}, {.lift = call});
  table.add({"Bcc"}, {.lift = branch});
  table.add({"BCcc"}, {.lift = branch});
  for (auto [letter, width] : kRegisterSizes) {
    for (bool nonzero : {false, true}) {
      std::string_view condition = nonzero ? "NZ" : "Z";
      table.add({"CB", condition, letter}, {.lift = compare_and_branch, .width = width, .negative = nonzero});
      table.add({"TB", condition, letter}, {.lift = test_and_branch, .width = width, .negative = nonzero});
    }
  }
  auto to = [](Op op) { return Form{.lift = through_register, .kind = kind(op)}; };
  for (const char* name : {"BR", "BRAA", "BRAB", "BRAAZ", "BRABZ"}) table.add({name}, to(Op::JumpReg));
  for (const char* name : {"BLR", "BLRAA", "BLRAB", "BLRAAZ", "BLRABZ"}) table.add({name}, to(Op::CallReg));
  table.add({"RET"}, to(Op::Return));
  add_pointer_authentication(table);
  table.add({"HINT"}, {.lift = hint});
  table.add({"BRK"}, {.lift = breakpoint});
  for (const char* name : {"HLT", "UDF"}) table.add({name}, {.lift = trap});
  table.add({"MRS"}, {.lift = read_system_register});
  table.add({"MSR"}, {.lift = write_system_register});
  for (const char* name : {"MSRpstateImm1", "MSRpstateImm4"}) table.add({name}, {.lift = write_processor_state});
  table.add({"SVC"}, {.lift = system_call});
  for (const char* name : {"HVC", "SMC"}) table.add({name}, {.lift = system_call, .kind = 1});
}

}  // namespace objhound::oracle::arm64
