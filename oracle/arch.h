// Everything the shared stages may know about an architecture, as data.
//
// The facts stand in oracle/decode/arch-*.cc, one file per architecture, and nowhere else. Shared code asks for
// a capability ("is the return address on the stack at entry?"), never for an architecture's name. A third
// architecture is one new arch file and one line in the registry (arch.cc).
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

namespace objhound::oracle {

// A tracked register, numbered densely from 0 within its architecture. Registers that no rule and no address
// computation can ask about (flags, most vector registers) have no number.
using Reg = uint8_t;
inline constexpr Reg kNoReg = 0xff;
// The program counter as the base of an address; never holds a tracked value. Addresses that use it are relative to
// the start of the instruction.
inline constexpr Reg kPcReg = 0xfe;
inline constexpr unsigned kMaxRegs = 64;

// A set of tracked registers, bit r for register r.
using RegSet = uint64_t;
inline constexpr RegSet reg_bit(Reg r) { return r < kMaxRegs ? RegSet{1} << r : 0; }

struct RegisterInfo {
  std::string_view name;  // as the assembler writes it, without a prefix
  int dwarf;              // DWARF register number of the architecture's ABI; -1 if it has none
  uint8_t bytes;          // the width that is tracked: 8 for a general register and for d8..d15
};

// What a relocation does, as far as control flow and tables need it. S is the symbol's address, A the addend, P the
// place, Page(x) = x with the low 12 bits cleared.
enum class RelocKind : uint8_t {
  None,       // has no effect on bytes that we read (markers, hints)
  Abs64,      // S + A
  Abs32,      // S + A, 32 bits, zero- or sign-extended by the instruction
  PcRel32,    // S + A - P, 32 bits
  PcRel64,    // S + A - P, 64 bits
  Branch,     // the target of a jump or call. On architectures whose branch displacement counts from the instruction's
              // end, the arch file folds that into the addend, so that target = S + A holds everywhere.
  Page,       // Page(S + A) - Page(P)
  Low12,      // low 12 bits of S + A
  Chunk,      // 16 bits of S + A, which instructions put together one by one
  LastChunk,  // the last of them
  Got,        // the address of a slot that holds S + A
  // In the large code models, G being the address of the global offset table:
  GotBase,        // G + A - P
  GotOffset,      // S + A - G
  GotSlotOffset,  // the distance from G to a slot that holds S, + A
  Other,          // anything else: known to exist, its value unknown
};

class InsnLifter;
struct AssemblyText;

// What a jump to, or a call of, a thunk amounts to. Compilers put thunks in the place of indirect jumps, indirect calls
// and returns (retpolines); what a thunk does is in its name, which is its whole interface: it may be another file's.
struct ThunkMeaning {
  enum class Kind : uint8_t { None, JumpThrough, Return } kind = Kind::None;
  Reg reg = kNoReg;  // JumpThrough
};

// Instructions that the second decoder is known to be too old or too lax for: no disagreement is reported on them.
struct DecoderGap {
  std::string_view opcode_prefix;  // of LLVM's opcode name; empty: any
  std::string_view reason;
  std::string_view encoding = {};  // as Arch::encoding says; empty: any
};

struct Arch {
  std::string_view name;         // "x86-64", "arm64": in reports and on the command line
  std::string_view llvm_triple;  // for the MC layer
  std::string_view llvm_features;
  void (*register_llvm_target)() = nullptr;  // the target's description and disassembler, no code generator
  uint16_t elf_machine;                      // EM_*
  std::string_view multiarch;                // the name of Debian's folders for its libraries
  std::string_view dynamic_linker;           // the path that the ABI gives to it
  std::span<const RegisterInfo> registers;

  Reg sp;
  Reg fp;                // the frame pointer of the ABI
  Reg return_address;    // the link register, or a pseudo register that stands for the slot at return_slot
  bool return_on_stack;  // entry: the return address is in memory at CFA + return_slot
  int32_t return_slot;   // bytes from the CFA; meaningful if return_on_stack
  int32_t entry_sp;      // SP at entry is CFA + entry_sp (bytes)

  RegSet callee_saved;  // SP and the return address not included
  // Of these, what the conventions preserve that Clang's attributes ask for and that preserve less (Clang's attribute
  // reference, "Calling Conventions"; the lists are in LLVM's <Target>CallingConv.td).
  std::span<const RegSet> lesser_conventions;
  RegSet call_clobbered;  // tracked registers that a call may change
  // Addresses of a process are smaller than 2 to this power: with a bit from there on set, none can be accessed.
  unsigned address_bits = 64;
  uint32_t red_zone;  // bytes below SP that stay intact between calls; 0 if the ABI has none
  // A compiler's flag that gives leaf functions a red zone where the ABI has none, and its bytes.
  std::string_view red_zone_flag = {};
  uint32_t red_zone_by_flag = 0;
  // Clang's default for -Oz on this architecture: the tables are right at calls only, though no flag says so (LLVM,
  // AArch64FunctionInfo::needsAsyncDwarfUnwindInfo). -fasynchronous-unwind-tables, when given, still promises more.
  bool clang_oz_is_synchronous = false;
  // Clang's first version that writes asynchronous tables for this architecture; 0: all do. Those before describe
  // prologues alone, whatever the flags.
  unsigned clang_asynchronous_since = 0;
  uint32_t stack_alignment;  // bytes: of SP at a call
  // Whether compilers also keep it at calls of functions that they know not to need it.
  bool local_calls_are_aligned = false;
  bool sp_is_checked = false;  // the CPU faults where SP is the base of an access and not aligned
  // Called in front of a function's prologue or right behind it, by a convention of their own.
  std::span<const std::string_view> entry_hooks = {};
  uint32_t insn_alignment;   // 1, or 4
  uint32_t max_insn_length;  // bytes
  // Where the displacement of a pc-relative operand counts from: the end of the instruction, or its start.
  // See operand_bias.
  bool pc_is_insn_end = false;
  // Bytes that a procedure linkage table has pushed when it jumps to the dynamic linker's resolver, which pops them.
  int32_t resolver_arguments = 0;
  // The register that points to a shadow stack of return addresses, where code keeps one; kNoReg: there is none.
  Reg shadow_stack = kNoReg;
  // Numbers of the system calls of Linux from which control does not come back to the instruction behind.
  std::span<const int64_t> final_system_calls = {};
  // DWARF number of the pseudo register that says whether the return address is signed; -1: it never is. Where there
  // is one, DW_CFA_AARCH64_negate_ra_state (0x2d) and its successors are defined.
  int sign_state_dwarf = -1;

  // DWARF number of the pseudo register that holds an eighth of the bytes of a scalable vector register; -1: there are
  // none.
  int scalable_unit_dwarf = -1;

  // What the relocation type does, and the correction to its addend that makes target = S + A (see Branch).
  struct RelocMeaning {
    RelocKind kind;
    int64_t addend_bias;
  };
  RelocMeaning (*reloc)(uint32_t elf_type);

  // Of the symbol's name; null: this architecture has no thunks.
  ThunkMeaning (*thunk)(std::string_view symbol) = nullptr;

  // The lift from decoded instructions to micro-operations; see decode/lifter.h.
  std::unique_ptr<InsnLifter> (*make_lifter)();

  // How its assembler text is spelled; see decode/assembly.h.
  const AssemblyText* assembly = nullptr;

  // The second opinion: Capstone's cs_arch and cs_mode (-1: none), and what it is known not to know.
  int capstone_arch = -1;
  int capstone_mode = 0;
  std::span<const DecoderGap> second_decoder_gaps = {};
  // The name of the encoding scheme of an instruction's bytes, if it is one of those that gaps speak of.
  std::string_view (*encoding)(std::span<const uint8_t> bytes) = nullptr;
};

// The address that a relocated field means depends on where it stands, because a pc-relative operand of an
// instruction counts from that instruction and a pc-relative table entry from itself:
//   in data:            S + A
//   in an instruction:  S + A + operand_bias(...)
// `insn_end` and `place` are offsets in the same section; `place` is the relocated field's. For Branch the bias is
// already in the addend. For a micro-operation with `relocatable` set whose field `imm_at` is relocated, the result
// takes the place of pc + imm (Address, kPcReg, Jump, Branch, Call) or of imm (everything else).
inline int64_t operand_bias(const Arch& arch, RelocKind kind, uint64_t insn_end, uint64_t place) {
  bool counts_from_pc =
      kind == RelocKind::PcRel32 || kind == RelocKind::PcRel64 || kind == RelocKind::Got || kind == RelocKind::GotBase;
  return arch.pc_is_insn_end && counts_from_pc ? static_cast<int64_t>(insn_end - place) : 0;
}

// The registry. Null if the machine is not supported.
const Arch* find_arch(uint16_t elf_machine);
const Arch* find_arch(std::string_view name);
std::span<const Arch* const> all_archs();

// The tracked register with this DWARF number, or kNoReg.
Reg reg_from_dwarf(const Arch& arch, uint64_t dwarf);

}  // namespace objhound::oracle
