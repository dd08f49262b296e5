// Neutral micro-operations: what an instruction does to tracked registers, the stack and control flow.
//
// The per-architecture lift (arch-*.cc) emits them; the control-flow stage and the abstract interpreter read them
// and know no opcode. They are position independent: an address that counts from the program counter counts from
// the start of the instruction, so that equal bytes always give equal micro-operations and a decoded instruction can
// be shared by all places where its bytes stand.
//
// The operations of one instruction are executed in order; reads see the effect of earlier writes of the same
// instruction. (The lift orders them so that this is the instruction's meaning, with kTemp* where it needs a
// temporary.)
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "oracle/arch.h"

namespace objhound::oracle {

enum class Op : uint8_t {
  // Values. Widths are in bytes and say how much of the destination is computed; unless `merges` is set, a result
  // narrower than the register is zero-extended to the whole of it (as 32-bit writes are on both architectures).
  // Operands are taken at the same width: a 4-byte Sar reads the low 4 bytes of a and shifts in copies of bit 31.
  Copy,         // dst = a
  Const,        // dst = imm
  Add,          // dst = a + imm
  AddReg,       // dst = a + (b << scale) + imm; a kNoReg: 0
  AddScalable,  // dst = a + imm * u; a kNoReg: 0. u is an eighth of the bytes of a scalable vector register
  SubReg,       // dst = a - (b << scale)
  And,          // dst = a & imm
  Or,           // dst = a | imm
  AndReg,       // dst = a & b
  OrReg,        // dst = a | b
  Shl,          // dst = a << imm
  Shr,          // dst = a >> imm, logical
  Sar,          // dst = a >> imm, arithmetic
  Zext,         // dst = the low `width` bytes of a, zero-extended
  Sext,         // dst = the low `width` bytes of a, sign-extended (to `to_width` bytes, the rest zero)
  Address,      // dst = pc + imm (imm is relocatable); `page`: dst = Page(pc) + imm
  Clobber,      // dst = some value that is not described further
  ClobberSet,   // every register in the set `imm` gets such a value
  Select,       // dst = a if cond, else b

  // Memory. The address is a + (b << scale) + imm; a or b may be kNoReg, a may be kPcReg. `width` bytes.
  // A register wider than what is tracked of it is stored in two operations: what is tracked, then unknown bytes.
  Load,              // dst = zero-extended (or `is_signed`: sign-extended to `to_width`) memory
                     // (dst kNoReg: memory is read, no tracked register gets it)
  Store,             // memory = src (dst field unused); src kNoReg: some value
  StoreConst,        // memory = the constant in imm2
  StoreUnknownSize,  // a store whose extent is no constant; it starts from a (kNoReg: anywhere) and is as long as
                     // register src says, in elements of `width` bytes (kNoReg: nobody knows)

  // Conditions. Remembered, with the operands' values at that time, until the next Compare, CompareMem, TestBits or
  // FlagsLost; read by Branch and Select conditions. A `transient` one is only for the Branch that follows it in the
  // same instruction (cbz, tbz: they leave the flags as they were); what was remembered before it is still true after.
  // imm counts modulo the width.
  Compare,     // flags = a - b (b kNoReg: a - imm), `width` bytes; memory operand form: CompareMem
  CompareMem,  // flags = memory[a + (b << scale) + imm] - imm2, `width` bytes
  TestBits,    // flags = a & imm
  FlagsLost,   // flags hold nothing that is described

  // Control flow; at most one per instruction and always last.
  Jump,     // to pc + imm (relocatable)
  Branch,   // if cond: to pc + imm (relocatable), else on. For compare-and-branch forms (cbz, tbz) the lift emits
            // a Compare or TestBits before it.
  JumpReg,  // to a
  JumpMem,  // to memory[a + (b << scale) + imm]
            // Calls: the return address that is pushed, and popped by the callee, is not spelled out.
  Call,     // to pc + imm (relocatable)
  CallReg,  // to a
  CallMem,  // to memory[a + (b << scale) + imm]
  Return,   // to a; a == kNoReg: pops the return address
  Trap,     // never goes on (ud2, brk, hlt, int3 in code)
  Syscall,  // of the kernel, which is told by register a (kNoReg: in a way of its own) what is wanted; goes on, unless
            // that is one of Arch::final_system_calls; clobbers what the lift says

  // Pointer authentication: sign or authenticate register dst (kept as a state of the value, not a new value).
  SignReturn,
  AuthReturn,  // imm 1: strips the signature if there is one, without checking it

  // An instruction whose effect on SP or control flow the lift does not know. Makes the function unproved
  // (`unmodelled-instruction`) and SP unknown.
  Unmodelled,
};

// Conditions, in the terms of the last Compare of a against b. After a TestBits, Eq and Ne mean BitsZero and
// BitsNonZero (one jump instruction serves both), and the ordered ones say nothing.
enum class Cond : uint8_t {
  Always,
  Eq,
  Ne,
  ULt,
  ULe,
  UGt,
  UGe,  // unsigned
  SLt,
  SLe,
  SGt,
  SGe,  // signed
  BitsZero,
  BitsNonZero,  // of the last TestBits
  Other,        // anything else; both ways possible
};

// Scratch registers of the lift: hold values within one instruction only.
inline constexpr Reg kTemp0 = 0xfc;
inline constexpr Reg kTemp1 = 0xfd;

struct MicroOp {
  Op op;
  uint8_t width = 8;     // bytes
  uint8_t to_width = 8;  // bytes, for sign extension
  Reg dst = kNoReg;
  Reg a = kNoReg;
  Reg b = kNoReg;     // Store: index register of the address
  Reg src = kNoReg;   // Store: the value stored
  uint8_t scale = 0;  // shift count, 0..4
  Cond cond = Cond::Always;
  bool is_signed : 1 = false;
  bool page : 1 = false;
  bool merges : 1 = false;        // the rest of dst keeps its old bits: dst is only partly written
  bool relocatable : 1 = false;   // a relocation of the field at imm_at replaces imm (see operand_bias in arch.h)
  bool relocatable2 : 1 = false;  // a relocation of the field at imm2_at replaces imm2
  bool transient : 1 = false;     // Compare, TestBits: see there
  bool displaced : 1 = false;  // to imm is yet to be added the instruction's own signed field of four bytes at imm_at
  uint8_t imm_at = 0;          // bytes from the instruction's start
  uint8_t imm2_at = 0;
  int64_t imm = 0;
  int64_t imm2 = 0;
};

// Whether the operation's immediate counts from the program counter.
constexpr bool counts_from_pc(const MicroOp& op) {
  switch (op.op) {
    case Op::Address:
    case Op::Jump:
    case Op::Branch:
    case Op::Call:
      return true;
    default:
      return op.a == kPcReg;
  }
}

// Whether the operation writes the register, apart from what a call may do.
constexpr bool writes_register(const MicroOp& op, Reg reg) {
  switch (op.op) {
    case Op::ClobberSet:
      return (static_cast<RegSet>(op.imm) & reg_bit(reg)) != 0;
    case Op::Unmodelled:
      return true;
    case Op::Store:
    case Op::StoreConst:
    case Op::StoreUnknownSize:
      return false;
    default:
      return op.dst == reg;
  }
}
// All that it writes so; temporaries are none of them.
constexpr RegSet written_registers(const MicroOp& op) {
  switch (op.op) {
    case Op::ClobberSet:
      return static_cast<RegSet>(op.imm);
    case Op::Unmodelled:
      return ~RegSet{0};
    case Op::Store:
    case Op::StoreConst:
    case Op::StoreUnknownSize:
      return 0;
    default:
      return reg_bit(op.dst);
  }
}

constexpr bool is_memory_write(Op op) { return op == Op::Store || op == Op::StoreConst || op == Op::StoreUnknownSize; }

// How control leaves an instruction; derived from its last micro-operation.
enum class Flow : uint8_t {
  Next,
  Jump,
  Branch,
  JumpIndirect,
  Call,
  CallIndirect,
  Return,
  Trap,
  Undecodable,
};

// A decoded instruction, shared by all places with the same bytes. Two of them fill a cache line.
struct Insn {
  uint8_t length = 0;  // bytes; 0 if undecodable
  Flow flow = Flow::Next;
  bool nop : 1 = false;          // padding: a no-op of any length, int3 between functions
  bool landing_pad : 1 = false;  // endbr64, bti
  bool decoders_disagree : 1 = false;
  bool system_call : 1 = false;
  bool computes : 1 = false;  // writes registers and does nothing else: no memory, no control, no state of the machine
  // From the operations (summarize):
  bool names_address : 1 = false;   // one takes, or goes to memory at, an address that counts from pc
  bool takes_address : 1 = false;   // one is an Address, an Add that may complete one, or stores one
  bool changes_memory : 1 = false;  // one may: is_memory_write(), or what is not known in detail
  bool below_base : 1 = false;      // one accesses memory that may be at a lower address than `base` holds
  bool several_bases : 1 = false;   // `base` is but the first of several
  Reg base = kNoReg;                // that memory is accessed against
  uint16_t op_count = 0;
  uint32_t first_op = 0;   // into the decoder's pool
  uint32_t opcode_id = 0;  // dense id of the opcode; equal for equal opcodes, for fingerprints
  RegSet writes = 0;       // written_registers
  // Registers that what is known of the results hangs on, for a walk over values of whole registers that looks at the
  // operations only where it has to: if nothing is known of any of these, nothing is known of what the instruction
  // writes, neither of the value nor, in memory, of the place. kAlways: something is, whatever the registers hold.
  RegSet reads = 0;
  static constexpr RegSet kAlways = RegSet{1} << 63;
};
// Sets what of the instruction follows from its operations, but for where they are.
void summarize(std::span<const MicroOp> ops, Insn& insn);
static_assert(sizeof(Insn) == 32);

// "sp = sp + -8", "[sp + 16] = rbx"; registers by their names in `arch`. For tests, --explain and debugging.
std::string to_text(const MicroOp& op, const Arch& arch);
// The operations of one instruction, "; " between them.
std::string to_text(std::span<const MicroOp> ops, const Arch& arch);

}  // namespace objhound::oracle
