// The x86-64 lift beside the meaning of single lines: padding, landing pads, relocated fields; and the ABI's data.

#include <gtest/gtest.h>
#include <llvm/BinaryFormat/ELF.h>

#include "oracle/decode/arch-list.h"
#include "oracle/decode/arch-x86-64-lift.h"
#include "oracle/decode/assemble_test_support.h"
#include "oracle/decode/decoder.h"

namespace objhound::oracle {
namespace {

class X86Lift : public testing::Test {
 protected:
  X86Lift() : decoder_(x86_64_arch(), {.second_opinion = true}) {}

  uint32_t decode(const std::string& assembly) {
    return decoder_.decode(test::assemble("x86_64-linux-gnu", "", assembly));
  }
  Insn insn(const std::string& assembly) { return decoder_.insn(decode(assembly)); }
  MicroOp last_op(const std::string& assembly) { return decoder_.ops(decode(assembly)).back(); }

  Decoder decoder_;
};

TEST_F(X86Lift, NoOpsOfEveryLength) {
  // What assemblers align with, 1 to 11 bytes (Intel SDM vol. 2, NOP, with more prefixes).
  const std::vector<uint8_t> long_nop = {0x66, 0x66, 0x2e, 0x0f, 0x1f, 0x84, 0, 0, 0, 0, 0};
  for (size_t prefixes = 0; prefixes <= 3; prefixes++) {
    std::span<const uint8_t> bytes = std::span(long_nop).subspan(3 - prefixes);
    EXPECT_TRUE(decoder_.insn(decoder_.decode(bytes)).nop) << prefixes;
    EXPECT_EQ(decoder_.insn(decoder_.decode(bytes)).length, bytes.size());
  }
  for (const char* nop : {"nop", "xchgw %ax, %ax", "nopl (%rax)", "nopl 8(%rax)", "nopw 0(%rax,%rax)", "endbr32"}) {
    EXPECT_TRUE(insn(nop).nop) << nop;
    EXPECT_TRUE(decoder_.ops(insn(nop)).empty()) << nop;
  }
  EXPECT_TRUE(insn("int3").nop);
  for (const char* other : {"xchgl %eax, %eax", "xchgw %cx, %ax", "pause", "movl %eax, %eax", "endbr64"}) {
    EXPECT_FALSE(insn(other).nop) << other;
  }
}

TEST_F(X86Lift, LandingPads) {
  EXPECT_TRUE(insn("endbr64").landing_pad);
  EXPECT_FALSE(insn("endbr32").landing_pad);
  EXPECT_FALSE(insn("nop").landing_pad);
}

TEST_F(X86Lift, Flow) {
  EXPECT_EQ(insn("jmp .+2").flow, Flow::Jump);
  EXPECT_EQ(insn("je .+2").flow, Flow::Branch);
  EXPECT_EQ(insn("jmp *%rax").flow, Flow::JumpIndirect);
  EXPECT_EQ(insn("jmp *(%rax)").flow, Flow::JumpIndirect);
  EXPECT_EQ(insn("call f").flow, Flow::Call);
  EXPECT_EQ(insn("call *%rax").flow, Flow::CallIndirect);
  EXPECT_EQ(insn("ret").flow, Flow::Return);
  EXPECT_EQ(insn("ret $8").flow, Flow::Return);
  EXPECT_EQ(insn("ud2").flow, Flow::Trap);
  EXPECT_EQ(insn("syscall").flow, Flow::Next);
  EXPECT_EQ(insn("nop").flow, Flow::Next);
}

// Where the fields are that relocations patch: bytes from the instruction's start.
TEST_F(X86Lift, RelocatableFields) {
  const MicroOp call = last_op("call f");
  EXPECT_TRUE(call.relocatable);
  EXPECT_EQ(call.imm_at, 1);
  const MicroOp branch = last_op(".byte 0x0f, 0x84, 0, 0, 0, 0");
  EXPECT_TRUE(branch.relocatable);
  EXPECT_EQ(branch.imm_at, 2);
  EXPECT_FALSE(last_op("je .+2").relocatable);
  const MicroOp table = last_op("jmp *t(,%rax,8)");
  EXPECT_TRUE(table.relocatable);
  EXPECT_EQ(table.imm_at, 3);
  const MicroOp movabs = last_op("movabsq $f, %rax");
  EXPECT_TRUE(movabs.relocatable);
  EXPECT_EQ(movabs.imm_at, 2);
  const MicroOp constant = last_op("movl $f, %edi");
  EXPECT_TRUE(constant.relocatable);
  EXPECT_EQ(constant.imm_at, 1);
  // A displacement with an immediate behind it; both may be relocated.
  const MicroOp compare = last_op("cmpl $5, f(%rip)");
  EXPECT_TRUE(compare.relocatable);
  EXPECT_EQ(compare.imm_at, 2);
  EXPECT_FALSE(compare.relocatable2);
  const MicroOp store = last_op("movq $f, g(%rip)");
  EXPECT_TRUE(store.relocatable);
  EXPECT_EQ(store.imm_at, 3);
  EXPECT_TRUE(store.relocatable2);
  EXPECT_EQ(store.imm2_at, 7);
  const MicroOp extract = last_op("pextrw $1, %xmm0, f(%rip)");
  EXPECT_TRUE(extract.relocatable);
  EXPECT_EQ(extract.imm_at, 5);
  // A short displacement cannot be relocated, and there is none here at all.
  EXPECT_FALSE(last_op("movq 8(%rsp), %rax").relocatable);
  EXPECT_FALSE(last_op("movq (%rdi), %rax").relocatable);
  EXPECT_TRUE(last_op("movq t(%rdi), %rax").relocatable);
}

TEST(X86Abi, RegistersHaveTheirDwarfNumbers) {
  const Arch& arch = x86_64_arch();
  ASSERT_EQ(arch.registers.size(), static_cast<size_t>(x86_64::kRegisterCount));
  for (size_t i = 0; i < arch.registers.size(); i++) EXPECT_EQ(arch.registers[i].dwarf, static_cast<int>(i));
  EXPECT_EQ(arch.registers[arch.sp].name, "rsp");
  EXPECT_EQ(arch.registers[arch.fp].name, "rbp");
  EXPECT_EQ(reg_from_dwarf(arch, 16), arch.return_address);
  EXPECT_EQ(reg_from_dwarf(arch, 17), kNoReg);
}

TEST(X86Abi, EveryRegisterButSpIsEitherPreservedOrClobberedByCalls) {
  const Arch& arch = x86_64_arch();
  EXPECT_EQ(arch.callee_saved & arch.call_clobbered, 0u);
  RegSet all = (RegSet{1} << arch.registers.size()) - 1;
  EXPECT_EQ(arch.callee_saved | arch.call_clobbered | reg_bit(arch.sp) | reg_bit(arch.return_address), all);
}

TEST(X86Abi, Relocations) {
  using namespace llvm::ELF;
  const Arch& arch = x86_64_arch();
  auto kind = [&](uint32_t type) { return arch.reloc(type).kind; };
  EXPECT_EQ(kind(R_X86_64_64), RelocKind::Abs64);
  EXPECT_EQ(kind(R_X86_64_32S), RelocKind::Abs32);
  EXPECT_EQ(kind(R_X86_64_PC32), RelocKind::PcRel32);
  EXPECT_EQ(kind(R_X86_64_PC64), RelocKind::PcRel64);
  EXPECT_EQ(kind(R_X86_64_REX_GOTPCRELX), RelocKind::Got);
  EXPECT_EQ(kind(R_X86_64_TPOFF32), RelocKind::Other);
  EXPECT_EQ(kind(0xffffffff), RelocKind::Other);
  EXPECT_EQ(arch.reloc(R_X86_64_PLT32).kind, RelocKind::Branch);
  EXPECT_EQ(arch.reloc(R_X86_64_PLT32).addend_bias, 4);
}

// psABI 4.4.1: `cmpl $5, f(%rip)` has its PC32 field eight bytes before its end, and the assembler writes f - 8.
TEST(X86Abi, PcRelativeOperandsCountFromTheInstructionsEnd) {
  const Arch& arch = x86_64_arch();
  EXPECT_EQ(operand_bias(arch, RelocKind::PcRel32, 110, 102), 8);
  EXPECT_EQ(operand_bias(arch, RelocKind::Got, 107, 103), 4);
  EXPECT_EQ(operand_bias(arch, RelocKind::Branch, 105, 101), 0);
  EXPECT_EQ(operand_bias(arch, RelocKind::Abs32, 107, 103), 0);
  EXPECT_EQ(operand_bias(arm64_arch(), RelocKind::PcRel32, 104, 100), 0);
}

}  // namespace
}  // namespace objhound::oracle
