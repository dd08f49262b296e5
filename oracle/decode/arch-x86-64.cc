// x86-64 (System V, Linux): the registers, the calling convention and the relocations, as data.
//
// Source: "System V Application Binary Interface, AMD64 Architecture Processor Supplement",
// https://gitlab.com/x86-psABIs/x86-64-ABI. The lift stands in arch-x86-64-lift.cc and its chapters.

#include <capstone/capstone.h>
#include <llvm/BinaryFormat/ELF.h>

#include <array>

#include "oracle/decode/arch-list.h"
#include "oracle/decode/arch-x86-64-lift.h"
#include "oracle/decode/assembly.h"

extern "C" {
void LLVMInitializeX86TargetInfo();
void LLVMInitializeX86TargetMC();
void LLVMInitializeX86Disassembler();
}

namespace objhound::oracle {
namespace {

using namespace x86_64;

// psABI figure 3.36. Column 16 of an unwind table is the return address.
constexpr std::array<RegisterInfo, kRegisterCount> kRegisters = {{
    {"rax", 0, 8},
    {"rdx", 1, 8},
    {"rcx", 2, 8},
    {"rbx", 3, 8},
    {"rsi", 4, 8},
    {"rdi", 5, 8},
    {"rbp", 6, 8},
    {"rsp", 7, 8},
    {"r8", 8, 8},
    {"r9", 9, 8},
    {"r10", 10, 8},
    {"r11", 11, 8},
    {"r12", 12, 8},
    {"r13", 13, 8},
    {"r14", 14, 8},
    {"r15", 15, 8},
    {"ra", 16, 8},
}};

// psABI 3.2.1 and figure 3.4.
constexpr RegSet kCalleeSaved =
    reg_bit(kRbx) | reg_bit(kRbp) | reg_bit(kR12) | reg_bit(kR13) | reg_bit(kR14) | reg_bit(kR15);
// preserve_none, swifttailcall, no_callee_saved_registers.
constexpr std::array<RegSet, 3> kLesserConventions = {
    reg_bit(kRbp), reg_bit(kRbx) | reg_bit(kRbp) | reg_bit(kR12) | reg_bit(kR15), RegSet{0}};
constexpr RegSet kCallClobbered = reg_bit(kRax) | reg_bit(kRcx) | reg_bit(kRdx) | reg_bit(kRsi) | reg_bit(kRdi) |
                                  reg_bit(kR8) | reg_bit(kR9) | reg_bit(kR10) | reg_bit(kR11);

// psABI 4.4.1. A branch's displacement is the last field of the instruction, four bytes before its end, and the
// assembler puts those four bytes into the addend (-4); the bias takes them out again. PC32 stands in branches,
// operands and tables alike: see operand_bias in arch.h.
constexpr int64_t kBranchBias = 4;

// GCC manual, x86 options, -mindirect-branch= and -mfunction-return= (names in gcc/config/i386/i386.cc,
// indirect_thunk_name); LLVM, llvm/lib/Target/X86/X86IndirectThunks.cpp and X86ISelLowering.cpp. GCC's thunks without a
// register, which find their target on the stack, are not described.
ThunkMeaning thunk(std::string_view symbol) {
  using namespace std::string_view_literals;
  constexpr ThunkMeaning kReturn{.kind = ThunkMeaning::Kind::Return};
  if (symbol == "__x86_return_thunk"sv) return kReturn;
  for (const std::string_view prefix : {"__x86_indirect_thunk_nt_"sv, "__x86_indirect_thunk_"sv, "__llvm_retpoline_"sv,
                                        "__llvm_external_retpoline_"sv, "__llvm_lvi_thunk_"sv}) {
    if (!symbol.starts_with(prefix)) continue;
    const std::string_view name = symbol.substr(prefix.size());
    for (Reg reg = 0; reg < kReturnAddress; ++reg) {
      if (kRegisters[reg].name == name) return {.kind = ThunkMeaning::Kind::JumpThrough, .reg = reg};
    }
  }
  return {};
}

Arch::RelocMeaning relocation(uint32_t type) {
  using namespace llvm::ELF;
  switch (type) {
    case R_X86_64_NONE:
      return {RelocKind::None, 0};
    // What the dynamic linker writes: a slot's symbol, or an address of the file itself (then there is no symbol).
    case R_X86_64_GLOB_DAT:
    case R_X86_64_JUMP_SLOT:
    case R_X86_64_RELATIVE:
    case R_X86_64_64:
      return {RelocKind::Abs64, 0};
    case R_X86_64_32:
    case R_X86_64_32S:
      return {RelocKind::Abs32, 0};
    case R_X86_64_PC32:
      return {RelocKind::PcRel32, 0};
    case R_X86_64_PC64:
      return {RelocKind::PcRel64, 0};
    case R_X86_64_GOTPC32:
    case R_X86_64_GOTPC64:
      return {RelocKind::GotBase, 0};
    case R_X86_64_GOTOFF64:
    case R_X86_64_PLTOFF64:
      return {RelocKind::GotOffset, 0};
    case R_X86_64_GOT32:
    case R_X86_64_GOT64:
      return {RelocKind::GotSlotOffset, 0};
    case R_X86_64_PLT32:
      return {RelocKind::Branch, kBranchBias};
    case R_X86_64_GOTPCREL:
    case R_X86_64_GOTPCRELX:
    case R_X86_64_REX_GOTPCRELX:
      return {RelocKind::Got, 0};
    default:
      return {RelocKind::Other, 0};
  }
}

// -mfentry; -pg; -fsplit-stack. The psABI has nothing on them. What -pg calls keeps all registers, and gets its stack
// as GCC leaves it in functions that call nothing else.
constexpr std::string_view kEntryHooks[] = {
    "__fentry__", "__return__", "mcount", "__morestack", "__morestack_non_split", "__morestack_large_model"};

void register_llvm_target() {
  LLVMInitializeX86TargetInfo();
  LLVMInitializeX86TargetMC();
  LLVMInitializeX86Disassembler();
}

// Linux, arch/x86/entry/syscalls/syscall_64.tbl: rt_sigreturn, exit, exit_group.
constexpr int64_t kFinalSystemCalls[] = {15, 60, 231};

const Arch kX86_64 = {
    .name = "x86-64",
    .llvm_triple = "x86_64-unknown-linux-gnu",
    .llvm_features = "",  // this disassembler knows every extension without being told
    .register_llvm_target = register_llvm_target,
    .elf_machine = llvm::ELF::EM_X86_64,
    .multiarch = "x86_64-linux-gnu",
    .dynamic_linker = "/lib64/ld-linux-x86-64.so.2",
    .registers = kRegisters,
    .sp = kRsp,
    .fp = kRbp,
    .return_address = kReturnAddress,
    .return_on_stack = true,
    .return_slot = -8,
    .entry_sp = -8,
    .callee_saved = kCalleeSaved,
    .lesser_conventions = kLesserConventions,
    .call_clobbered = kCallClobbered,
    .address_bits = 47,
    .red_zone = 128,
    .stack_alignment = 16,
    .entry_hooks = kEntryHooks,
    .insn_alignment = 1,
    .max_insn_length = 15,
    .pc_is_insn_end = true,
    .resolver_arguments = 16,  // GOT[1] and the index of the relocation (psABI 5.2)
    .final_system_calls = kFinalSystemCalls,
    .reloc = relocation,
    .thunk = thunk,
    .make_lifter = make_lifter,
    .assembly = &kAssemblyText,
    .capstone_arch = CS_ARCH_X86,
    .capstone_mode = CS_MODE_64,
    .second_decoder_gaps = capstone_gaps(),
    .encoding = encoding,
};

}  // namespace

const Arch& x86_64_arch() { return kX86_64; }

}  // namespace objhound::oracle
