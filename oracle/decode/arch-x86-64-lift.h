// What the chapters of the x86-64 lift share: register numbers, operands, the view of one instruction under the lift,
// and how LLVM's opcode names are read.
//
// LLVM numbers opcodes and registers anew in every version and does not publish the numbers, but their names are
// stable and follow a grammar: ADD64mi8 is stem ADD, width 64 bits, form "mi8" (memory, 8-bit immediate). So a handful
// of stems covers hundreds of opcodes, and everything is found by name at the first sight of an opcode.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "oracle/decode/lifter.h"

namespace objhound::oracle::x86_64 {

extern const AssemblyText kAssemblyText;  // arch-x86-64-assembly.cc

// Dense register numbers: the order of the DWARF numbering (System V ABI x86-64, figure 3.36).
enum : Reg {
  kRax,
  kRdx,
  kRcx,
  kRbx,
  kRsi,
  kRdi,
  kRbp,
  kRsp,
  kR8,
  kR9,
  kR10,
  kR11,
  kR12,
  kR13,
  kR14,
  kR15,
  kReturnAddress,  // stands for the slot that a call pushes
  kRegisterCount
};

// An LLVM register in our terms.
struct RegisterFact {
  Reg reg = kNoReg;
  uint8_t width = 0;    // bytes: 8 for RAX, 4 for EAX, 2 for AX, 1 for AL and AH
  bool high = false;    // AH, BH, CH, DH
  bool pc = false;      // RIP
  bool flags = false;   // EFLAGS
  bool thread = false;  // FS, GS: segments with a base of their own
};

class RegisterMap {
 public:
  explicit RegisterMap(const llvm::MCRegisterInfo& registers);
  const RegisterFact& operator[](unsigned llvm_register) const {
    return llvm_register < facts_.size() ? facts_[llvm_register] : facts_[0];  // [0] is LLVM's NoRegister
  }

 private:
  std::vector<RegisterFact> facts_;
};

// The address of a memory operand: a + (b << scale) + imm.
struct Address {
  Reg a = kNoReg, b = kNoReg;
  uint8_t scale = 0;
  uint8_t imm_at = 0;
  bool relocatable = false;
  bool thread_local_storage = false;  // through FS or GS: neither stack nor anything else that is tracked
  int64_t imm = 0;
};

class Context;

// What an opcode's name says, found once per opcode.
struct Form {
  void (*lift)(Context&) = nullptr;
  std::string_view stem;    // "ADD"
  uint8_t width = 8;        // bytes
  std::string_view layout;  // "rr", "ri", "rm", "mr", "mi", "r", "m", "i", ...: without the immediate's size
  uint8_t imm_bytes = 0;    // of the immediate at the instruction's end
  uint8_t from_width = 0;   // bytes, of what is extended (MOVZX, MOVSX)
  // Of opcodes that no chapter knows:
  uint8_t memory_width = 0;     // bytes stored; 0 if that is no constant
  bool stores_nothing = false;  // has a memory operand that it reads, prefetches, flushes, ...
};

// One instruction under the lift. Operand accessors are total: an operand that is not there, or of another kind, reads
// as no register or 0.
class Context {
 public:
  Context(const llvm::MCInst& inst, const llvm::MCInstrDesc& desc, const Form& form, const RegisterMap& registers,
          std::span<const uint8_t> bytes, Lifted& out)
      : inst(inst), desc(desc), form(form), registers(registers), bytes(bytes), out(out) {}

  const llvm::MCInst& inst;
  const llvm::MCInstrDesc& desc;
  const Form& form;
  const RegisterMap& registers;
  std::span<const uint8_t> bytes;
  Lifted& out;

  int64_t length() const { return static_cast<int64_t>(bytes.size()); }
  const RegisterFact& reg(unsigned operand) const;
  int64_t imm(unsigned operand) const;
  // The accumulator at the form's width.
  RegisterFact accumulator() const { return {.reg = kRax, .width = form.width}; }
  // Whether one of these legacy prefixes stands before the opcode.
  bool has_prefix(std::initializer_list<uint8_t> prefixes) const;
  bool has_short_addresses() const { return has_prefix({0x67}); }

  // The memory operand whose five parts start at `operand`. One that cannot be said (32-bit addresses, untracked
  // registers) becomes kTemp0 with an unknown value.
  Address address(unsigned operand);

  void emit(const MicroOp& op) { out.ops.push_back(op); }
  // Gives `op` this destination, its width and whether the rest of the register stays. A destination that is not
  // tracked gets nothing, one that cannot be said (AH) is clobbered.
  void set(const RegisterFact& dst, MicroOp op);
  void clobber(const RegisterFact& dst);
  void clobber_set(RegSet registers) { emit({.op = Op::ClobberSet, .imm = static_cast<int64_t>(registers)}); }
  // A register to read the operand's value from: itself, kTemp1 for a high byte, kNoReg if it is not tracked.
  Reg value(const RegisterFact& source);
  void load(const RegisterFact& dst, const Address& from, uint8_t width);
  // `value` kNoReg stores something unknown.
  void store(const Address& to, Reg value, uint8_t width);
  void flags_lost() { emit({.op = Op::FlagsLost}); }
  void unmodelled() { emit({.op = Op::Unmodelled}); }
  // The immediate as an operation's imm; marked relocatable if its field is large enough to hold an address.
  MicroOp with_immediate(MicroOp op, int64_t value) const;

  // kTemp1 as a destination, `width` bytes of it.
  static RegisterFact temp(uint8_t width) { return {.reg = kTemp1, .width = width}; }
};

inline MicroOp with_address(MicroOp op, const Address& at) {
  op.a = at.a;
  op.b = at.b;
  op.scale = at.scale;
  op.imm = at.imm;
  op.imm_at = at.imm_at;
  op.relocatable = at.relocatable;
  return op;
}

// The value of an immediate or a mask in `width` bytes, the bits above cleared.
inline int64_t cut(int64_t value, uint8_t width) {
  return width >= 8 ? value : static_cast<int64_t>(static_cast<uint64_t>(value) & ((uint64_t{1} << 8 * width) - 1));
}

// The condition of Jcc, CMOVcc and SETcc from its encoding, in terms of the last comparison (Intel SDM vol. 1,
// appendix B). Sign, overflow and parity alone have no such terms.
Cond condition(int64_t encoding);

// The chapters: the function that lifts an opcode or a form, or null.
using LiftFunction = void (*)(Context&);
LiftFunction move_opcode(std::string_view opcode);  // arch-x86-64-move.cc
LiftFunction move_form(const Form& form);
LiftFunction arithmetic_form(const Form& form);        // arch-x86-64-arithmetic.cc
LiftFunction stack_opcode(std::string_view opcode);    // arch-x86-64-stack.cc
LiftFunction control_opcode(std::string_view opcode);  // arch-x86-64-control.cc
LiftFunction special_opcode(std::string_view opcode);  // arch-x86-64-special.cc

// A chapter's table; entries are few enough to be searched one by one, once per opcode.
struct LiftEntry {
  std::string_view name;
  LiftFunction lift;
};
// Whether " rr ri " lists the layout.
bool has_layout(std::string_view list, std::string_view layout);
LiftFunction find_entry(std::span<const LiftEntry> entries, std::string_view name);

// The effect of an instruction that no chapter knows, from LLVM's description of it.
void lift_unlisted(Context& context);

std::unique_ptr<InsnLifter> make_lifter();

// Segments, operand and address size, lock and repeat: the one-byte prefixes that stand before all others.
bool is_legacy_prefix(uint8_t byte);

// For the second opinion: arch-x86-64-gaps.cc.
std::span<const DecoderGap> capstone_gaps();
std::string_view encoding(std::span<const uint8_t> bytes);

}  // namespace objhound::oracle::x86_64
