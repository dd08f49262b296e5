// The arm64 lift, instruction by instruction: one line of assembly, and what it means.

#include <gtest/gtest.h>
#include <llvm/BinaryFormat/ELF.h>
#include <llvm/MC/MCInstrInfo.h>
#include <llvm/MC/TargetRegistry.h>

#include <set>

#include "oracle/decode/arch-arm64-lift.h"
#include "oracle/decode/arch-list.h"
#include "oracle/decode/assemble_test_support.h"
#include "oracle/decode/decoder.h"

namespace objhound::oracle {
namespace {

struct Case {
  const char* assembly;
  const char* meaning;
};

constexpr Case kStackPointer[] = {
    {"sub sp, sp, #32", "sp = sp + -32"},
    {"add sp, sp, #1, lsl #12", "sp = sp + 4096*"},
    {"mov x29, sp", "x29 = sp"},
    {"mov sp, x29", "sp = x29"},
    {"add x29, sp, #16", "x29 = sp + 16*"},
    {"sub sp, x29, #16", "sp = x29 + -16"},
    {"sub sp, sp, x12", "sp = sp - x12"},
    {"add sp, sp, x12", "sp = sp + x12"},
    {"add sp, sp, w12, uxtw #2", "t0 = zext x12 (4 bytes); sp = sp + (t0 << 2)"},
    {"and sp, x9, #-32", "sp = x9 & 0xffffffffffffffe0"},
    {"stp x29, x30, [sp, #-32]!", "sp = sp + -32; [sp] = x29; [sp + 8] = x30"},
    {"ldp x29, x30, [sp], #32", "x29 = [sp]; x30 = [sp + 8]; sp = sp + 32"},
    {"str x19, [sp, #-16]!", "sp = sp + -16; [sp] = x19"},
    {"ldr x19, [sp], #16", "x19 = [sp]; sp = sp + 16"},
    {"stp d8, d9, [sp, #16]", "[sp + 16] = d8; [sp + 24] = d9"},
    {"ldp d8, d9, [sp, #16]", "d8 = [sp + 16]; d9 = [sp + 24]"},
    {"str d0, [sp, #-16]!", "sp = sp + -16; [sp] = ?"},
    {"st1 {v0.16b}, [sp], #16", "[sp] = ? (16 bytes); sp = sp + 16"},
    {"addvl sp, sp, #-1", "sp = sp + -8 vg"},
    {"addpl sp, sp, #3", "sp = sp + 3 vg"},
    {"rdvl x8, #2", "x8 = 16 vg"},
    {"cntd x8", "x8 = 1 vg"},
    {"cntd x8, vl7", "x8 = ?"},
    {"irg sp, sp", "unmodelled"},
};

constexpr Case kLoadsAndStores[] = {
    {"ldr x0, [x1]", "x0 = [x1 + 0*]"},
    {"ldr x0, [x1, #16]", "x0 = [x1 + 16*]"},
    {"ldr w0, [x1, #4]", "x0 = [x1 + 4*] (4 bytes)"},
    {"ldrb w0, [x1, #3]", "x0 = [x1 + 3*] (1 bytes)"},
    {"ldrsb x0, [x1, #3]", "x0 = sext64 [x1 + 3*] (1 bytes)"},
    {"ldrsb w0, [x1, #3]", "x0 = sext32 [x1 + 3*] (1 bytes)"},
    {"ldrsh w0, [x1, #2]", "x0 = sext32 [x1 + 2*] (2 bytes)"},
    {"ldrsw x0, [x1, #4]", "x0 = sext64 [x1 + 4*] (4 bytes)"},
    {"ldr x0, [x1, x2, lsl #3]", "x0 = [x1 + (x2 << 3)]"},
    {"ldr x0, [x1, w2, uxtw #3]", "t0 = zext x2 (4 bytes); x0 = [x1 + (t0 << 3)]"},
    {"ldrsw x0, [x1, w2, sxtw #2]", "t0 = sext64 x2 (4 bytes); x0 = sext64 [x1 + (t0 << 2)] (4 bytes)"},
    {"ldrb w0, [x1, x2]", "x0 = [x1 + x2] (1 bytes)"},
    {"ldrh w0, [x1, w2, uxtw #1]", "t0 = zext x2 (4 bytes); x0 = [x1 + (t0 << 1)] (2 bytes)"},
    {"ldr x0, [x1, xzr]", "x0 = [x1]"},
    {"ldr x0, 16", "x0 = [pc + 16*]"},
    {"ldr w0, 16", "x0 = [pc + 16*] (4 bytes)"},
    {"ldr q8, 16", "d8 = [pc + 16*]; ? = [pc + 24*]"},
    {"ldr d9, 16", "d9 = [pc + 16*]"},
    {"ldrsw x0, 16", "x0 = sext64 [pc + 16*] (4 bytes)"},
    {"ldp x1, x0, [x1]", "x0 = [x1 + 8]; x1 = [x1]"},
    {"ldp x0, x1, [x1]", "x0 = [x1]; x1 = [x1 + 8]"},
    {"ldpsw x0, x2, [x1, #8]", "x0 = sext64 [x1 + 8] (4 bytes); x2 = sext64 [x1 + 12] (4 bytes)"},
    {"ldp w0, w2, [x1], #8", "x0 = [x1] (4 bytes); x2 = [x1 + 4] (4 bytes); x1 = x1 + 8"},
    {"stp xzr, x0, [x1, #16]", "[x1 + 16] = 0; [x1 + 24] = x0"},
    {"stp xzr, xzr, [x1]", "[x1] = 0; [x1 + 8] = 0"},
    {"str wzr, [x1, #4]", "[x1 + 4*] = 0 (4 bytes)"},
    {"strb w0, [x1], #1", "[x1] = x0 (1 bytes); x1 = x1 + 1"},
    {"stur x0, [x29, #-8]", "[x29 + -8*] = x0"},
    {"str q8, [sp, #16]", "[sp + 16*] = d8; [sp + 24*] = ?"},
    {"stp q8, q0, [sp]", "[sp] = d8; [sp + 8] = ?; [sp + 16] = ? (16 bytes)"},
    {"ldr q8, [sp, #16]", "d8 = [sp + 16*]; ? = [sp + 24*]"},
    {"ldr s8, [x0]", "d8 = [x0 + 0*] (4 bytes)"},
    {"str s9, [x0, x1, lsl #2]", "[x0 + (x1 << 2)] = d9 (4 bytes)"},
    {"ldr d0, [x0]", "? = [x0 + 0*]"},
    {"ldr xzr, [x0]", "? = [x0 + 0*]"},
    {"ldnp x0, x1, [sp, #16]", "x0 = [sp + 16]; x1 = [sp + 24]"},
    {"ldxr w0, [x1]", "x0 = [x1] (4 bytes)"},
    {"ldar x0, [x1]", "x0 = [x1]"},
    {"stlr x0, [x1]", "[x1] = x0"},
    {"stlurh w0, [x1, #-2]", "[x1 + -2*] = x0 (2 bytes)"},
    {"ldapursb w0, [x1, #5]", "x0 = sext32 [x1 + 5*] (1 bytes)"},
    {"stxr w0, x1, [x2]", "[x2] = ?; x0 = ?"},
    {"stlxp w0, w1, w3, [x2]", "[x2] = ?; x0 = ?"},
    {"ldaxp x0, x1, [x2]", "x0 = [x2]; x1 = [x2 + 8]"},
    {"ldaddal w0, w1, [x2]", "[x2] = ? (4 bytes); x1 = ?"},
    {"stadd w0, [x2]", "[x2] = ? (4 bytes)"},
    {"swpb w0, w1, [x2]", "[x2] = x0 (1 bytes); x1 = ?"},
    {"casal x0, x1, [x2]", "[x2] = ?; x0 = ?"},
    {"caspal x0, x1, x2, x3, [x4]", "[x4] = ? (16 bytes); x0, x1 = ?"},
    {"casp w0, w1, w2, w3, [x4]", "[x4] = ?; x0, x1 = ?"},
    {"ldapr x0, [x1], #8", "x0 = [x1]; x1 = x1 + 8"},
    {"stilp w0, w1, [sp, #-8]!", "sp = sp + -8; [sp] = x0 (4 bytes); [sp + 4] = x1 (4 bytes)"},
    {"st2 {v7.4s, v8.4s}, [x0]", "[x0] = ? (32 bytes)"},
    {"st1 {v8.2d-v11.2d}, [x0], x1", "[x0] = ? (64 bytes); x0 = x0 + x1"},
    {"st4 {v0.b-v3.b}[1], [x0], #4", "[x0] = ? (4 bytes); x0 = x0 + 4"},
    {"ld1 {v7.16b, v8.16b}, [x0], #32", "? = [x0] (32 bytes); d8 = ?; x0 = x0 + 32"},
    {"ld2r {v8.4s, v9.4s}, [x0], x2", "? = [x0]; d8, d9 = ?; x0 = x0 + x2"},
    {"ld1 {v8.s}[1], [x0]", "? = [x0] (4 bytes); d8 = ?"},
    {"str z8, [sp, #1, mul vl]", "t0 = sp + 8 vg; [t0] = d8; [t0 + 8] = ?"},
    {"ldr z9, [sp]", "t0 = sp + 0 vg; d9 = [t0]"},
    {"str p4, [sp, #7, mul vl]", "t0 = sp + 7 vg; [t0] = ? (2 bytes)"},
    {"prfm pldl1keep, [x0]", ""},
    {"dc zva, x0", "[anywhere..] = ?"},
    {"dc civac, x0", ""},
    {"stg x0, [sp, #32]", ""},
    {"stg x0, [sp], #16", "sp = sp + 16"},
    {"stzg x0, [x1, #16]!", "x1 = x1 + 16; [x1] = 0; [x1 + 8] = 0"},
    {"stz2g x0, [x1, #16]", "[x1 + 16] = 0; [x1 + 24] = 0; [x1 + 32] = 0; [x1 + 40] = 0"},
    {"stgp x0, x1, [sp, #32]", "[sp + 32] = x0; [sp + 40] = x1"},
    {"stgp x0, x1, [sp, #-32]!", "sp = sp + -32; [sp] = x0; [sp + 8] = x1"},
    {"cpyfp [x0]!, [x1]!, x2!", "[x0.. x2 of 1 bytes] = ?; x0 = ?; x1 = ?; x2 = ?; flags = ?"},
    {"cpyfm [x0]!, [x1]!, x2!", "[anywhere..] = ?; x0, x1, x2 = ?"},
    {"setp [x0]!, x1!, x2", "[x0.. x1 of 1 bytes] = ?; x0 = ?; x1 = ?; flags = ?"},
    {"st64b x0, [x10]", "[anywhere..] = ?"},
    {"ldraa x0, [x1, #8]!", "x0, x1 = ?"},
    {"dmb ish", ""},
};

constexpr Case kIntegers[] = {
    {"add x0, x1, #5", "x0 = x1 + 5*"},
    {"add w0, w1, #5", "x0 = x1 + 5* (4 bytes)"},
    {"sub x0, x1, #1, lsl #12", "x0 = x1 + -4096"},
    {"add x0, x1, x2", "x0 = x1 + x2"},
    {"add x0, x1, x2, lsl #4", "x0 = x1 + (x2 << 4)"},
    {"add x0, x1, x2, lsl #5", "t0 = x2 << 5; x0 = x1 + t0"},
    {"sub x0, x1, x2, asr #3", "t0 = x2 >>s 3; x0 = x1 - t0"},
    {"add x0, x1, w2, sxtb #2", "t0 = sext64 x2 (1 bytes); x0 = x1 + (t0 << 2)"},
    {"add w0, w1, w2, uxth", "t0 = zext x2 (2 bytes); x0 = x1 + t0 (4 bytes)"},
    {"add x0, x1, xzr", "x0 = x1"},
    {"add x0, xzr, x1", "x0 = x1"},
    {"neg x0, x1", "t1 = 0; x0 = t1 - x1"},
    {"mov x0, x1", "x0 = x1"},
    {"mov w0, w1", "x0 = x1 (4 bytes)"},
    {"mov x0, xzr", "x0 = 0"},
    {"mvn w0, w1", "t1 = -1; x0 = t1 - x1 (4 bytes)"},
    {"orr x0, x1, x2", "x0 = ?"},
    {"orr x0, xzr, x2, lsl #4", "t0 = x2 << 4; x0 = t0"},
    {"and x0, x1, #0xff", "x0 = x1 & 0xff"},
    {"and w0, w1, #0xfffffffe", "x0 = x1 & 0xfffffffe (4 bytes)"},
    {"orr x0, x1, #0xff00ff00ff00ff00", "x0 = x1 | 0xff00ff00ff00ff00"},
    {"orr x0, xzr, #0x5555555555555555", "x0 = 6148914691236517205"},
    {"eor x0, x1, #1", "x0 = ?"},
    {"movz x0, #0x1234, lsl #16", "x0 = 305397760*"},
    {"movn w0, #0", "x0 = 4294967295*"},
    {"movn x0, #0", "x0 = -1*"},
    {"movk x0, #0x1234, lsl #16", "x0 = x0 & 0xffffffff0000ffff; x0 = x0 | 0x12340000"},
    {"lsl x0, x1, #4", "x0 = x1 << 4"},
    {"lsr w0, w1, #4", "x0 = x1 >> 4 (4 bytes)"},
    {"asr x0, x1, #63", "x0 = x1 >>s 63"},
    {"uxtb w0, w1", "x0 = zext x1 (1 bytes)"},
    {"uxth w0, w1", "x0 = zext x1 (2 bytes)"},
    {"sxtb w0, w1", "x0 = sext32 x1 (1 bytes)"},
    {"sxtw x0, w1", "x0 = sext64 x1 (4 bytes)"},
    {"ubfx x0, x1, #3, #5", "x0 = x1 >> 3; x0 = x0 & 0x1f"},
    {"ubfx x0, x1, #0, #5", "x0 = x1 & 0x1f"},
    {"ubfx x0, x1, #0, #32", "x0 = zext x1 (4 bytes)"},
    {"ubfiz x0, x1, #2, #32", "x0 = zext x1 (4 bytes); x0 = x0 << 2"},
    {"sbfiz x0, x1, #2, #32", "x0 = sext64 x1 (4 bytes); x0 = x0 << 2"},
    {"sbfx x0, x1, #3, #5", "x0 = x1 << 56; x0 = x0 >>s 59"},
    {"bfi x0, x1, #3, #4", "x0 = ?"},
    {"csel x0, x1, x2, lo", "x0 = x1 if u< else x2"},
    {"cset w0, eq", "t1 = 0; t0 = 0; t0 = t0 + 1 (4 bytes); x0 = t1 if ne else t0 (4 bytes)"},
    {"csinc x0, x1, x2, gt", "t0 = x2 + 1; x0 = x1 if s> else t0"},
    {"csinv x0, x1, x2, gt", "x0 = ?"},
    {"adr x0, 16", "x0 = pc + 16*"},
    {"adrp x0, 8192", "x0 = page(pc) + 8192*"},
    {"mul x0, x1, x2", "x0 = ?"},
    {"udiv x0, x1, x2", "x0 = ?"},
    {"mrs x0, tpidr_el0", "x0 = ?"},
    {"fmov d8, x0", "d8 = x0"},
    {"fmov x0, d8", "x0 = d8"},
    {"fmov w0, s8", "x0 = d8 (4 bytes)"},
    {"fmov d8, d9", "d8 = d9"},
    {"fmov d8, d0", "d8 = ?"},
    {"fmov d0, d8", ""},
    {"fmov x0, d1", "x0 = ?"},
    {"fmov v8.d[1], x0", ""},
    {"mov v8.16b, v9.16b", "d8 = d9"},
    {"mov v8.8b, v9.8b", "d8 = d9"},
    {"fadd d8, d0, d1", "d8 = ?"},
    {"fadd s8, s0, s1", "d8 = ?"},
    {"add v8.4s, v0.4s, v1.4s", "d8 = ?"},
    {"add z8.s, z0.s, z1.s", "d8 = ?"},
    {"fadd d16, d8, d9", ""},
    {"mov v8.d[1], v0.d[0]", "d8 = ?"},
};

constexpr Case kFlags[] = {
    {"cmp w0, #3", "flags = x0 - 3 (4 bytes)"},
    {"cmp x0, x1", "flags = x0 - x1"},
    {"cmp x0, xzr", "flags = x0 - 0"},
    {"cmp xzr, x0", "t1 = 0; flags = t1 - x0"},
    {"cmp sp, x0", "flags = sp - x0"},
    {"cmp x0, x1, lsl #2", "t0 = x1 << 2; flags = x0 - t0"},
    {"cmp x0, w1, uxtb", "t0 = zext x1 (1 bytes); flags = x0 - t0"},
    {"subs w0, w1, #1", "flags = x1 - 1 (4 bytes); x0 = x1 + -1 (4 bytes)"},
    {"subs x0, x0, x1", "flags = x0 - x1; x0 = x0 - x1"},
    {"cmn w0, #1", "flags = x0 - -1 (4 bytes)"},
    {"adds x0, x1, x2", "flags = ?; x0 = x1 + x2"},
    {"tst x0, #8", "flags = x0 & 0x8"},
    {"tst w0, w0", "flags = x0 & 0xffffffffffffffff (4 bytes)"},
    {"tst x0, x1", "flags = ?"},
    {"ands x0, x1, #0xff", "flags = x1 & 0xff; x0 = x1 & 0xff"},
    {"bics x0, x1, x2", "flags = ?; x0 = ?"},
    {"ccmp w0, #3, #0, eq", "flags = ?"},
    {"fcmp d0, d8", "flags = ?"},
    {"adcs x0, x1, x2", "x0 = ?; flags = ?"},
    {"msr nzcv, x0", "flags = ?"},
    {"msr tpidr_el0, x0", ""},
    {"mrs x0, rndr", "x0 = ?; flags = ?"},
};

constexpr Case kControlFlow[] = {
    {"b 16", "jump pc + 16*"},
    {"b -16", "jump pc + -16*"},
    {"bl 16", "call pc + 16*"},
    {"b.hi 16", "if u> jump pc + 16*"},
    {"b.mi 16", "if some condition jump pc + 16*"},
    {"b.al 16", "jump pc + 16*"},
    {"bc.eq 16", "if eq jump pc + 16*"},
    {"cbz w0, 16", "flags = x0 - 0 (4 bytes) for the moment; if eq jump pc + 16*"},
    {"cbnz x0, 16", "flags = x0 - 0 for the moment; if ne jump pc + 16*"},
    {"tbz x0, #33, 16", "flags = x0 & 0x200000000 for the moment; if bits zero jump pc + 16*"},
    {"tbnz w0, #3, 16", "flags = x0 & 0x8 (4 bytes) for the moment; if bits not zero jump pc + 16*"},
    {"br x16", "jump x16"},
    {"blr x16", "call x16"},
    {"ret", "return to x30"},
    {"ret x1", "return to x1"},
    {"braa x16, x17", "jump x16"},
    {"blraaz x16", "call x16"},
    {"retaa", "authenticate x30; return to x30"},
    {"paciasp", "sign x30"},
    {"autibsp", "authenticate x30"},
    {"pacia x30, sp", "sign x30"},
    {"autia x30, sp", "authenticate x30"},
    {"pacia x0, sp", "x0 = ?"},
    {"xpaclri", "strip x30"},
    {"xpaci x30", "strip x30"},
    {"pacia1716", "x17 = ?"},
    {"svc #0", "x0 = ?; syscall x8"},
    {"brk #1", "trap"},
    {"brk #0xf000", ""},
    {"hlt #0", "trap"},
    {"udf #0", "trap"},
    {"msr spsel, #1", "unmodelled"},
    {"msr daifset, #2", ""},
    {"eret", "unmodelled; trap"},
    {"nop", ""},
    {"bti c", ""},
    {"yield", ""},
    {"isb", ""},
};

class Arm64Lift : public testing::Test {
 protected:
  Arm64Lift() : decoder_(arm64_arch(), {.second_opinion = false}) {}

  std::string meaning(std::span<const uint8_t> bytes) {
    return to_text(decoder_.ops(decoder_.decode(bytes)), arm64_arch());
  }

  void check(std::span<const Case> cases) {
    std::string source;
    for (const Case& c : cases) source += std::string(c.assembly) + "\n";
    std::vector<uint8_t> code = test::assemble("aarch64-linux-gnu", "+all", source);
    ASSERT_EQ(code.size(), 4 * cases.size());
    for (size_t i = 0; i < cases.size(); i++) {
      EXPECT_EQ(meaning(std::span(code).subspan(4 * i, 4)), cases[i].meaning) << cases[i].assembly;
    }
  }

  const Insn& insn(const std::string& assembly) {
    return decoder_.insn(decoder_.decode(test::assemble("aarch64-linux-gnu", "+all", assembly)));
  }

  Decoder decoder_;
};

TEST_F(Arm64Lift, StackPointer) { check(kStackPointer); }
TEST_F(Arm64Lift, LoadsAndStores) { check(kLoadsAndStores); }
TEST_F(Arm64Lift, Integers) { check(kIntegers); }
TEST_F(Arm64Lift, Flags) { check(kFlags); }
TEST_F(Arm64Lift, ControlFlow) { check(kControlFlow); }

// The text of Or does not say it.
TEST_F(Arm64Lift, AnImmediateMovedIntoTheMiddleMayBeRelocated) {
  std::vector<uint8_t> code = test::assemble("aarch64-linux-gnu", "+all", "movk x0, #1, lsl #16");
  std::span<const MicroOp> ops = decoder_.ops(decoder_.decode(code));
  ASSERT_EQ(ops.size(), 2u);
  EXPECT_FALSE(ops[0].relocatable);
  EXPECT_TRUE(ops[1].relocatable);
}

// Capstone 4 knows Armv8.0. What is newer is a known gap, what is constrained unpredictable is not.
TEST_F(Arm64Lift, DecodersDisagreeOnNothingThatCompilersEmit) {
  Decoder decoder(arm64_arch(), {.second_opinion = true});
  for (std::span<const Case> cases :
       std::initializer_list<std::span<const Case>>{kStackPointer, kLoadsAndStores, kIntegers, kFlags, kControlFlow}) {
    std::string source;
    for (const Case& c : cases) source += std::string(c.assembly) + "\n";
    std::vector<uint8_t> code = test::assemble("aarch64-linux-gnu", "+all", source);
    for (size_t i = 0; i < cases.size(); i++) {
      std::span<const uint8_t> bytes = std::span(code).subspan(4 * i, 4);
      EXPECT_FALSE(decoder.insn(decoder.decode(bytes)).decoders_disagree) << decoder.disagreement(bytes);
    }
  }
  const uint8_t ldp_x0_x0[] = {0x20, 0x00, 0x40, 0xa9};
  EXPECT_TRUE(decoder.insn(decoder.decode(ldp_x0_x0)).decoders_disagree);
}

TEST_F(Arm64Lift, NopIsPaddingAndOtherHintsAreNot) {
  EXPECT_TRUE(insn("nop").nop);
  EXPECT_FALSE(insn("yield").nop);
  EXPECT_FALSE(insn("bti c").nop);
}

TEST_F(Arm64Lift, LandingPads) {
  for (const char* pad : {"bti c", "bti j", "bti jc", "paciasp", "pacibsp"}) EXPECT_TRUE(insn(pad).landing_pad) << pad;
  for (const char* other : {"bti", "nop", "autiasp", "paciaz", "pacia x30, sp"}) {
    EXPECT_FALSE(insn(other).landing_pad) << other;
  }
}

TEST_F(Arm64Lift, EveryOpcodeNameInTheTableIsOneOfLlvm) {
  arm64_arch().register_llvm_target();
  std::string error;
  const llvm::Target* target = llvm::TargetRegistry::lookupTarget(std::string(arm64_arch().llvm_triple), error);
  ASSERT_TRUE(target) << error;
  std::unique_ptr<llvm::MCInstrInfo> instructions(target->createMCInstrInfo());
  std::set<std::string_view> known;
  for (unsigned i = 0; i < instructions->getNumOpcodes(); i++) known.insert(instructions->getName(i));
  arm64::FormTable table;
  arm64::add_integer_forms(table);
  arm64::add_memory_forms(table);
  arm64::add_vector_memory_forms(table);
  arm64::add_control_forms(table);
  for (const auto& [name, form] : table.forms()) {
    EXPECT_TRUE(known.contains(name)) << name;
    EXPECT_NE(form.lift, nullptr) << name;
  }
}

TEST(Arm64Abi, RegistersHaveTheirDwarfNumbers) {
  const Arch& arch = arm64_arch();
  ASSERT_EQ(arch.registers.size(), arm64::kRegisterCount);
  for (int i = 0; i <= 30; i++) {
    EXPECT_EQ(arch.registers[i].dwarf, i);
    EXPECT_EQ(arch.registers[i].name, "x" + std::to_string(i));
  }
  EXPECT_EQ(arch.registers[arch.sp].dwarf, 31);
  for (int i = 8; i <= 15; i++) EXPECT_EQ(arch.registers[arm64::kD8 + i - 8].dwarf, 64 + i);
}

TEST(Arm64Abi, EveryRegisterButSpIsEitherPreservedOrClobberedByCalls) {
  const Arch& arch = arm64_arch();
  EXPECT_EQ(arch.callee_saved & arch.call_clobbered, 0u);
  RegSet all = (RegSet{1} << arch.registers.size()) - 1;
  EXPECT_EQ(arch.callee_saved | arch.call_clobbered | reg_bit(arch.sp), all);
}

TEST(Arm64Abi, Relocations) {
  using namespace llvm::ELF;
  auto kind = [](uint32_t type) { return arm64_arch().reloc(type).kind; };
  EXPECT_EQ(kind(R_AARCH64_CALL26), RelocKind::Branch);
  EXPECT_EQ(kind(R_AARCH64_TSTBR14), RelocKind::Branch);
  EXPECT_EQ(kind(R_AARCH64_ADR_PREL_PG_HI21), RelocKind::Page);
  EXPECT_EQ(kind(R_AARCH64_LDST128_ABS_LO12_NC), RelocKind::Low12);
  EXPECT_EQ(kind(R_AARCH64_ADR_GOT_PAGE), RelocKind::Got);
  EXPECT_EQ(kind(R_AARCH64_PREL32), RelocKind::PcRel32);
  EXPECT_EQ(kind(R_AARCH64_TLSLE_ADD_TPREL_HI12), RelocKind::Other);
  EXPECT_EQ(kind(R_AARCH64_MOVW_UABS_G0_NC), RelocKind::Chunk);
  EXPECT_EQ(kind(R_AARCH64_MOVW_UABS_G3), RelocKind::LastChunk);
  EXPECT_EQ(kind(0xffffffff), RelocKind::Other);
}

}  // namespace
}  // namespace objhound::oracle
