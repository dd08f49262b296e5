// arm64 (AAPCS64, little-endian, Linux): the registers, the calling convention and the relocations, as data.
//
// Sources: "Procedure Call Standard for the Arm 64-bit Architecture" (AAPCS64), "DWARF for the Arm 64-bit
// Architecture" (AADWARF64), "ELF for the Arm 64-bit Architecture" (AAELF64); all at
// https://github.com/ARM-software/abi-aa. The lift stands in arch-arm64-lift.cc and its chapters.

#include <capstone/capstone.h>
#include <llvm/BinaryFormat/ELF.h>
#include <llvm/Support/TargetSelect.h>

#include <array>

#include "oracle/decode/arch-arm64-lift.h"
#include "oracle/decode/arch-list.h"
#include "oracle/decode/assembly.h"

namespace objhound::oracle {
namespace {

using namespace arm64;

// AADWARF64, table "DWARF register names": x0..x30 are 0..30, SP is 31, v0..v31 are 64..95. Of v8..v15 a callee
// preserves the low 64 bits alone (AAPCS64 6.1.2), so d8..d15 are what is tracked.
constexpr std::array<RegisterInfo, kRegisterCount> kRegisters = {{
    {"x0", 0, 8},   {"x1", 1, 8},   {"x2", 2, 8},   {"x3", 3, 8},   {"x4", 4, 8},   {"x5", 5, 8},   {"x6", 6, 8},
    {"x7", 7, 8},   {"x8", 8, 8},   {"x9", 9, 8},   {"x10", 10, 8}, {"x11", 11, 8}, {"x12", 12, 8}, {"x13", 13, 8},
    {"x14", 14, 8}, {"x15", 15, 8}, {"x16", 16, 8}, {"x17", 17, 8}, {"x18", 18, 8}, {"x19", 19, 8}, {"x20", 20, 8},
    {"x21", 21, 8}, {"x22", 22, 8}, {"x23", 23, 8}, {"x24", 24, 8}, {"x25", 25, 8}, {"x26", 26, 8}, {"x27", 27, 8},
    {"x28", 28, 8}, {"x29", 29, 8}, {"x30", 30, 8}, {"sp", 31, 8},  {"d8", 72, 8},  {"d9", 73, 8},  {"d10", 74, 8},
    {"d11", 75, 8}, {"d12", 76, 8}, {"d13", 77, 8}, {"d14", 78, 8}, {"d15", 79, 8},
}};

constexpr RegSet range(Reg first, Reg last) {
  RegSet set = 0;
  for (Reg reg = first; reg <= last; reg++) set |= reg_bit(reg);
  return set;
}

// x18 is the platform register (AAPCS64 6.1.1). Linux gives it no role, and where a platform has none the register is
// a temporary; GCC and Clang allocate it as one. So a call may change it. Code that reserves it (-ffixed-x18, a
// shadow call stack) only gets less precise answers by this.
constexpr RegSet kCallClobbered = range(0, 18) | reg_bit(kLr);
constexpr RegSet kCalleeSaved = range(19, 29) | range(kD8, kD8 + 7);
// preserve_none, swifttailcall.
constexpr std::array<RegSet, 2> kLesserConventions = {reg_bit(29), kCalleeSaved & ~(reg_bit(20) | reg_bit(22))};

Arch::RelocMeaning relocation(uint32_t type) {
  using namespace llvm::ELF;
  switch (type) {
    case R_AARCH64_NONE:
      return {RelocKind::None, 0};
    // What the dynamic linker writes: a slot's symbol, or an address of the file itself (then there is no symbol).
    case R_AARCH64_GLOB_DAT:
    case R_AARCH64_JUMP_SLOT:
    case R_AARCH64_RELATIVE:
    case R_AARCH64_ABS64:
      return {RelocKind::Abs64, 0};
    case R_AARCH64_ABS32:
      return {RelocKind::Abs32, 0};
    case R_AARCH64_PREL64:
      return {RelocKind::PcRel64, 0};
    // In an instruction (ADR, literal loads) it is S + A - P as well, in a narrower field.
    case R_AARCH64_PREL32:
    case R_AARCH64_PLT32:
    case R_AARCH64_ADR_PREL_LO21:
    case R_AARCH64_LD_PREL_LO19:
      return {RelocKind::PcRel32, 0};
    case R_AARCH64_CALL26:
    case R_AARCH64_JUMP26:
    case R_AARCH64_CONDBR19:
    case R_AARCH64_TSTBR14:
      return {RelocKind::Branch, 0};
    case R_AARCH64_ADR_PREL_PG_HI21:
    case R_AARCH64_ADR_PREL_PG_HI21_NC:
      return {RelocKind::Page, 0};
    case R_AARCH64_MOVW_UABS_G0_NC:
    case R_AARCH64_MOVW_UABS_G1_NC:
    case R_AARCH64_MOVW_UABS_G2_NC:
      return {RelocKind::Chunk, 0};
    case R_AARCH64_MOVW_UABS_G3:
      return {RelocKind::LastChunk, 0};
    case R_AARCH64_ADD_ABS_LO12_NC:
    case R_AARCH64_LDST8_ABS_LO12_NC:
    case R_AARCH64_LDST16_ABS_LO12_NC:
    case R_AARCH64_LDST32_ABS_LO12_NC:
    case R_AARCH64_LDST64_ABS_LO12_NC:
    case R_AARCH64_LDST128_ABS_LO12_NC:
      return {RelocKind::Low12, 0};
    case R_AARCH64_ADR_GOT_PAGE:
    case R_AARCH64_LD64_GOT_LO12_NC:
    case R_AARCH64_LD64_GOTPAGE_LO15:
    case R_AARCH64_LD64_GOTOFF_LO15:
    case R_AARCH64_GOT_LD_PREL19:
      return {RelocKind::Got, 0};
    // Marks the BLR of a TLS descriptor sequence; nothing is written there.
    case R_AARCH64_TLSDESC_CALL:
      return {RelocKind::None, 0};
    default:
      return {RelocKind::Other, 0};
  }
}

// What stays then are encodings that are constrained unpredictable or have bits that are ignored; no compiler emits
// these, so a disagreement on one of them is worth knowing.
constexpr DecoderGap kCapstoneGaps[] = {
    {"BL", "Capstone 4 has BL and BLR in the group of jumps"},
    {"ERET", "Capstone 4 has it in no group"},
    {"UDF", "Capstone 4 takes the permanently undefined words for no instructions"},
    {"", "Capstone 4 knows no extension of Armv8.0", kExtension},
};

void register_llvm_target() {
  LLVMInitializeAArch64TargetInfo();
  LLVMInitializeAArch64TargetMC();
  LLVMInitializeAArch64Disassembler();
}

// Linux, include/uapi/asm-generic/unistd.h: exit, exit_group, rt_sigreturn.
constexpr int64_t kFinalSystemCalls[] = {93, 94, 139};

constexpr Arch kArm64 = {
    .name = "arm64",
    .llvm_triple = "aarch64-linux-gnu",
    .llvm_features = "+all",
    .register_llvm_target = register_llvm_target,
    .elf_machine = llvm::ELF::EM_AARCH64,
    .multiarch = "aarch64-linux-gnu",
    .dynamic_linker = "/lib/ld-linux-aarch64.so.1",
    .registers = kRegisters,
    .sp = kSp,
    .fp = kFp,
    .return_address = kLr,
    .return_on_stack = false,
    .return_slot = 0,
    .entry_sp = 0,
    .callee_saved = kCalleeSaved,
    .lesser_conventions = kLesserConventions,
    .call_clobbered = kCallClobbered,
    .red_zone = 0,
    .red_zone_flag = "-aarch64-redzone",  // behind -mllvm (LLVM, AArch64FrameLowering::canUseRedZone)
    .red_zone_by_flag = 128,
    .clang_oz_is_synchronous = true,
    .clang_asynchronous_since = 15,  // LLVM D112330, "[AArch64] Async unwind - function epilogues"
    .stack_alignment = 16,           // AAPCS64 6.4.5.1
    .local_calls_are_aligned = true,
    .sp_is_checked = true,  // SCTLR_EL1.SA0, which Linux sets
    .insn_alignment = 4,
    .max_insn_length = 4,
    .pc_is_insn_end = false,
    // The platform register (AAPCS64 6.1.1), as Clang and GCC use it (-fsanitize=shadow-call-stack).
    .shadow_stack = 18,
    .final_system_calls = kFinalSystemCalls,
    .sign_state_dwarf = 34,     // RA_SIGN_STATE
    .scalable_unit_dwarf = 46,  // VG, granules of 64 bits (AADWARF64, 4.1)
    .reloc = relocation,
    .make_lifter = make_lifter,
    .assembly = &kAssemblyText,
    .capstone_arch = CS_ARCH_ARM64,
    .capstone_mode = CS_MODE_LITTLE_ENDIAN,
    .second_decoder_gaps = kCapstoneGaps,
    .encoding = encoding,
};

}  // namespace

const Arch& arm64_arch() { return kArm64; }

}  // namespace objhound::oracle
