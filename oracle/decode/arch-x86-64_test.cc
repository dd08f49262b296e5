// The x86-64 lift, instruction by instruction: one line of assembly, and what it means.

#include <gtest/gtest.h>
#include <llvm/BinaryFormat/ELF.h>

#include "oracle/decode/arch-list.h"
#include "oracle/decode/arch-x86-64-lift.h"
#include "oracle/decode/assemble_test_support.h"
#include "oracle/decode/decoder.h"

namespace objhound::oracle {
namespace {

struct Case {
  const char* assembly;
  const char* meaning;
};

constexpr Case kStackPointer[] = {
    {"pushq %rbx", "rsp = rsp + -8; [rsp] = rbx"},
    {"pushq %rsp", "t1 = rsp; rsp = rsp + -8; [rsp] = t1"},
    {"pushq $-5", "rsp = rsp + -8; [rsp] = -5"},
    {"pushq $0x12345", "rsp = rsp + -8; [rsp] = 74565*"},
    {"pushq 8(%rsp)", "t1 = [rsp + 8]; rsp = rsp + -8; [rsp] = t1"},
    {"pushw $7", "rsp = rsp + -2; [rsp] = 7 (2 bytes)"},
    {"pushw %ax", "rsp = rsp + -2; [rsp] = rax (2 bytes)"},
    {"pushfq", "rsp = rsp + -8; [rsp] = ?"},
    {"pushq %fs", "rsp = rsp + -8; [rsp] = ?"},
    {"popq %rbx", "rbx = [rsp]; rsp = rsp + 8"},
    {"popq %rsp", "rsp = [rsp]"},
    {"popq 8(%rsp)", "t1 = [rsp]; rsp = rsp + 8; [rsp + 8] = t1"},
    {"popw %ax", "rax = [rsp] (2 bytes) merged; rsp = rsp + 2"},
    {"popfq", "rsp = rsp + 8; flags = ?"},
    {"popq %gs", "rsp = rsp + 8"},
    {"leave", "rsp = rbp; rbp = [rsp]; rsp = rsp + 8"},
    {"enter $16, $0", "rsp = rsp + -8; [rsp] = rbp; rbp = rsp; rsp = rsp + -16"},
    {"enter $0x8000, $0", "rsp = rsp + -8; [rsp] = rbp; rbp = rsp; rsp = rsp + -32768"},
    {"enter $16, $1", "unmodelled"},
    {"subq $24, %rsp", "flags = rsp - 24; rsp = rsp + -24"},
    {"addq $24, %rsp", "rsp = rsp + 24; flags = rsp & 0xffffffffffffffff"},
    {"subq $4096, %rsp", "flags = rsp - 4096; rsp = rsp + -4096"},
    {"subq %rax, %rsp", "flags = rsp - rax; rsp = rsp - rax"},
    {"addq %rax, %rsp", "rsp = rsp + rax; flags = rsp & 0xffffffffffffffff"},
    {"andq $-16, %rsp", "rsp = rsp & 0xfffffffffffffff0; flags = rsp - 0"},
    {"andq $-64, %rsp", "rsp = rsp & 0xffffffffffffffc0; flags = rsp - 0"},
    {"leaq -0x28(%rbp), %rsp", "rsp = rbp + -40"},
    {"leaq 8(%rsp), %r10", "r10 = rsp + 8"},
    {"movq %rsp, %rbp", "rbp = rsp"},
    {"movq %rbp, %rsp", "rsp = rbp"},
    {"xchgq %rsp, %rax", "t1 = rsp; rsp = rax; rax = t1"},
};

constexpr Case kMoves[] = {
    {"movl %esp, %eax", "rax = rsp (4 bytes)"},
    {"movq %rax, %rbx", "rbx = rax"},
    {"movl %eax, %ebx", "rbx = rax (4 bytes)"},
    {"movw %ax, %bx", "rbx = rax (2 bytes) merged"},
    {"movb %al, %bl", "rbx = rax (1 bytes) merged"},
    {"movb %ah, %bl", "t1 = rax >> 8 (2 bytes); rbx = t1 (1 bytes) merged"},
    {"movb %al, %bh", "rbx = ? (2 bytes) merged"},
    {"movq $-1, %rax", "rax = -1*"},
    {"movl $-1, %eax", "rax = 4294967295* (4 bytes)"},
    {"movb $-1, %al", "rax = 255 (1 bytes) merged"},
    {"movabsq $0x123456789abcdef0, %rax", "rax = 1311768467463790320*"},
    {"movq (%rdi), %rax", "rax = [rdi]"},
    {"movl 4(%rdi,%rcx,8), %eax", "rax = [rdi + (rcx << 3) + 4] (4 bytes)"},
    {"movw (%rdi), %ax", "rax = [rdi] (2 bytes) merged"},
    {"movb (%rdi), %al", "rax = [rdi] (1 bytes) merged"},
    {"movb (%rdi), %ah", "rax = ? (2 bytes) merged"},
    {"movq %rax, -8(%rbp)", "[rbp + -8] = rax"},
    {"movl %eax, (%rdi)", "[rdi] = rax (4 bytes)"},
    {"movb %ah, (%rdi)", "t1 = rax >> 8 (2 bytes); [rdi] = t1 (1 bytes)"},
    {"movq $-1, 8(%rsp)", "[rsp + 8] = -1*"},
    {"movl $-1, 8(%rsp)", "[rsp + 8] = 4294967295* (4 bytes)"},
    {"movb $5, (%rsp)", "[rsp] = 5 (1 bytes)"},
    {"movq %fs:40, %rax", "t0 = ?; rax = [t0]"},
    {"movq %rax, %fs:40", "t0 = ?"},
    {"movq %gs:(%rax), %rbx", "t0 = ?; rbx = [t0]"},
    {"addr32 movl 0x80000000, %ebx", "t0 = ?; rbx = [t0] (4 bytes)"},
    {"movl (%eax), %ebx", "t0 = ?; rbx = [t0] (4 bytes)"},
    {"movl (%r8d,%r9d,2), %ebx", "t0 = ?; rbx = [t0] (4 bytes)"},
    {"movq sym(%rip), %rax", "rax = [pc + 7*]"},
    {"movq %rax, sym(%rip)", "[pc + 7*] = rax"},
    {"movq sym(,%rcx,8), %rax", "rax = [(rcx << 3) + 0*]"},
    {"movabsq 0x1122334455667788, %rax", "rax = [1234605616436508552*]"},
    {"movabsl %eax, 0x1122334455667788", "[1234605616436508552*] = rax (4 bytes)"},
    {"movzbl %al, %ecx", "rcx = zext rax (1 bytes)"},
    {"movzbl %ah, %ecx", "t1 = rax >> 8 (2 bytes); rcx = zext t1 (1 bytes)"},
    {"movzwl %ax, %ecx", "rcx = zext rax (2 bytes)"},
    {"movzbl (%rdi), %ecx", "rcx = [rdi] (1 bytes)"},
    {"movzwl 2(%rdi), %ecx", "rcx = [rdi + 2] (2 bytes)"},
    {"movzbw %al, %cx", "rcx = ? (2 bytes) merged"},
    {"movsbl %al, %ecx", "rcx = sext32 rax (1 bytes)"},
    {"movsbq %al, %rcx", "rcx = sext64 rax (1 bytes)"},
    {"movswl (%rdi), %ecx", "rcx = sext32 [rdi] (2 bytes)"},
    {"movslq %edi, %rax", "rax = sext64 rdi (4 bytes)"},
    {"movslq (%rdi,%rax,4), %rax", "rax = sext64 [rdi + (rax << 2)] (4 bytes)"},
    {"cltq", "rax = sext64 rax (4 bytes)"},
    {"cwtl", "rax = sext32 rax (2 bytes)"},
    {"cbtw", "rax = ? (2 bytes) merged"},
    {"cqto", "rdx = rax >>s 63"},
    {"cltd", "rdx = rax >>s 31 (4 bytes)"},
    {"cwtd", "rdx = ? (2 bytes) merged"},
    {"leaq (%rax,%rbx), %rcx", "rcx = rax + rbx"},
    {"leaq 8(%rax,%rbx,4), %rcx", "rcx = rax + (rbx << 2) + 8"},
    {"leaq (,%rbx,4), %rcx", "rcx = (rbx << 2) + 0*"},
    {"leal 1(%rdi), %eax", "rax = rdi + 1 (4 bytes)"},
    {"leal (%rdi,%rsi), %eax", "rax = rdi + rsi (4 bytes)"},
    {"leaq sym(%rip), %rax", "rax = pc + 7*"},
    {"leaq 8(%rip), %rax", "rax = pc + 15*"},
    {"leaw 1(%rdi), %ax", "rax = ? (2 bytes) merged"},
    {"leal 1(%edi), %eax", "t0 = ?; rax = ? (4 bytes)"},
    {"leaq 16, %rax", "rax = 16*"},
    {"xchgq %rax, %rbx", "t1 = rbx; rbx = rax; rax = t1"},
    {"xchgl %eax, %ebx", "t1 = rbx (4 bytes); rbx = rax (4 bytes); rax = t1 (4 bytes)"},
    {"xchgb %al, %ah", "rax = ? (2 bytes) merged; rax = ? (1 bytes) merged"},
    {"xchgq %rax, (%rdi)", "t1 = [rdi]; [rdi] = rax; rax = t1"},
    {"cmovel %edi, %eax", "rax = rdi if eq else rax (4 bytes)"},
    {"cmovaq %rdi, %rax", "rax = rdi if u> else rax"},
    {"cmovsq %rdi, %rax", "rax = rdi if some condition else rax"},
    {"cmovew %di, %ax", "rax = rdi if eq else rax (2 bytes) merged"},
    {"cmovge (%rdi), %eax", "t1 = [rdi] (4 bytes); rax = t1 if s>= else rax (4 bytes)"},
    {"sete %al", "rax = ? (1 bytes) merged"},
    {"sete %ah", "rax = ? (2 bytes) merged"},
    {"setb (%rdi)", "[rdi] = ? (1 bytes)"},
};

constexpr Case kArithmetic[] = {
    {"andl $-16, %esp", "rsp = rsp & 0xfffffff0 (4 bytes); flags = rsp - 0 (4 bytes)"},
    {"lock orq $0, (%rsp)", "t1 = [rsp]; t1 = t1 | 0x0; flags = t1 - 0"},
    {"andq $0, (%rsp)", "t1 = [rsp]; t1 = 0; flags = t1 - 0; [rsp] = t1"},
    {"orl $-1, %eax", "rax = 4294967295 (4 bytes); flags = rax - 0 (4 bytes)"},
    {"andl $0, %eax", "rax = 0 (4 bytes); flags = rax - 0 (4 bytes)"},
    {"addq $8, %rax", "rax = rax + 8; flags = rax & 0xffffffffffffffff"},
    {"addl $8, %eax", "rax = rax + 8 (4 bytes); flags = rax & 0xffffffff (4 bytes)"},
    {"addb $8, %al", "rax = rax + 8 (1 bytes) merged; flags = rax & 0xff (1 bytes)"},
    {"addb $8, %ah", "rax = ? (2 bytes) merged; flags = ?"},
    {"addq %rbx, %rax", "rax = rax + rbx; flags = rax & 0xffffffffffffffff"},
    {"addq (%rdi), %rax", "t1 = [rdi]; rax = rax + t1; flags = rax & 0xffffffffffffffff"},
    {"addl $1, -4(%rbp)",
     "t1 = [rbp + -4] (4 bytes); t1 = t1 + 1 (4 bytes); flags = t1 & 0xffffffff (4 bytes); [rbp + -4] = t1 (4 bytes)"},
    {"addq %rax, (%rdi)", "t1 = [rdi]; t1 = t1 + rax; flags = t1 & 0xffffffffffffffff; [rdi] = t1"},
    {"subq $8, %rax", "flags = rax - 8; rax = rax + -8"},
    {"subl %ebx, %eax", "flags = rax - rbx (4 bytes); rax = rax - rbx (4 bytes)"},
    {"subq %rax, %rax", "flags = rax - rax; rax = 0"},
    {"subq (%rdi), %rax", "t1 = [rdi]; flags = rax - t1; rax = rax - t1"},
    {"subl $1, -4(%rbp)",
     "t1 = [rbp + -4] (4 bytes); flags = t1 - 1 (4 bytes); t1 = t1 + -1 (4 bytes); [rbp + -4] = t1 (4 bytes)"},
    {"andl $7, %eax", "rax = rax & 0x7 (4 bytes); flags = rax - 0 (4 bytes)"},
    {"andq $-16, %rax", "rax = rax & 0xfffffffffffffff0; flags = rax - 0"},
    {"andl %ebx, %eax", "rax = ? (4 bytes); flags = rax - 0 (4 bytes)"},
    {"andl %eax, %eax", "rax = rax (4 bytes); flags = rax - 0 (4 bytes)"},
    {"andl $3, (%rdi)",
     "t1 = [rdi] (4 bytes); t1 = t1 & 0x3 (4 bytes); flags = t1 - 0 (4 bytes); [rdi] = t1 (4 bytes)"},
    {"orl $1, %eax", "rax = rax | 0x1 (4 bytes); flags = rax - 0 (4 bytes)"},
    {"orq $-1, %rax", "rax = -1; flags = rax - 0"},
    {"orq %rbx, %rax", "rax = ?; flags = rax - 0"},
    {"xorl %eax, %eax", "rax = 0 (4 bytes); flags = rax - 0 (4 bytes)"},
    {"xorq %rax, %rax", "rax = 0; flags = rax - 0"},
    {"xorl %ebx, %eax", "rax = ? (4 bytes); flags = rax - 0 (4 bytes)"},
    {"xorb %al, %al", "rax = 0 (1 bytes) merged; flags = rax - 0 (1 bytes)"},
    {"xorl $1, %eax", "rax = ? (4 bytes); flags = rax - 0 (4 bytes)"},
    {"adcl $0, %eax", "rax = ? (4 bytes); flags = ?"},
    {"sbbl %eax, %eax", "rax = ? (4 bytes); flags = ?"},
    {"incq %rax", "rax = rax + 1; flags = rax & 0xffffffffffffffff"},
    {"decl %ecx", "rcx = rcx + -1 (4 bytes); flags = rcx & 0xffffffff (4 bytes)"},
    {"incl (%rdi)",
     "t1 = [rdi] (4 bytes); t1 = t1 + 1 (4 bytes); flags = t1 & 0xffffffff (4 bytes); [rdi] = t1 (4 bytes)"},
    {"negl %eax", "t1 = 0 (4 bytes); rax = t1 - rax (4 bytes); flags = rax & 0xffffffff (4 bytes)"},
    {"negq (%rdi)", "t1 = [rdi]; t1 = ?; flags = t1 & 0xffffffffffffffff; [rdi] = t1"},
    {"notl %eax", "rax = ? (4 bytes)"},
    {"shlq $3, %rax", "rax = rax << 3; flags = rax & 0xffffffffffffffff"},
    {"shll %eax", "rax = rax << 1 (4 bytes); flags = rax & 0xffffffff (4 bytes)"},
    {"shrl $3, %eax", "rax = rax >> 3 (4 bytes); flags = rax & 0xffffffff (4 bytes)"},
    {"sarq $63, %rax", "rax = rax >>s 63; flags = rax & 0xffffffffffffffff"},
    {"shlq %cl, %rax", "rax = ?; flags = ?"},
    {"shll $3, (%rdi)",
     "t1 = [rdi] (4 bytes); t1 = t1 << 3 (4 bytes); flags = t1 & 0xffffffff (4 bytes); [rdi] = t1 (4 bytes)"},
    {"shlb $9, %al", "rax = ? (1 bytes) merged; flags = ?"},
    {"rolq $3, %rax", "rax = ?; flags = ?"},
    {"rorxq $3, %rax, %rbx", "rbx = ?"},
    {"shlxq %rax, %rbx, %rcx", "rcx = ?"},
    {"imulq $24, %rax, %rbx", "rbx = ?; flags = ?"},
    {"imull %ebx, %eax", "rax = ?; flags = ?"},
    {"mulq %rbx", "rax, rdx = ?; flags = ?"},
    {"divl %ecx", "rax, rdx = ?; flags = ?"},
    {"btl $3, %eax", "flags = ?"},
    {"btsq %rax, %rbx", "rbx = ?; flags = ?"},
    {"btsq %rax, (%rdi)", "[anywhere..] = ?; flags = ?"},
    {"btsq $3, (%rdi)", "[rdi] = ?; flags = ?"},
    {"bsfl %eax, %ebx", "rbx = ?; flags = ?"},
    {"bswapq %rax", "rax = ?"},
    {"popcntl %eax, %ebx", "rbx = ?; flags = ?"},
    {"lock xaddl %eax, (%rdi)", "[rdi] = ? (4 bytes); rax = ?; flags = ?"},
    {"xaddl %eax, %ebx", "rax, rbx = ?; flags = ?"},
    {"lock cmpxchgq %rbx, (%rdi)", "[rdi] = ?; rax = ?; flags = ?"},
    {"lock cmpxchg16b (%rdi)", "[rdi] = ? (16 bytes); rax, rdx = ?; flags = ?"},
};

constexpr Case kComparisons[] = {
    {"cmpl $5, %edi", "flags = rdi - 5 (4 bytes)"},
    {"cmpq %rax, %rbx", "flags = rbx - rax"},
    {"cmpb $5, %al", "flags = rax - 5 (1 bytes)"},
    {"cmpb %ah, %al", "t1 = rax >> 8 (2 bytes); flags = rax - t1 (1 bytes)"},
    {"cmpl $5, -4(%rbp)", "flags = [rbp + -4] - 5 (4 bytes)"},
    {"cmpq $5, %fs:8", "t0 = ?; flags = [t0] - 5"},
    {"cmpl -4(%rbp), %eax", "t1 = [rbp + -4] (4 bytes); flags = rax - t1 (4 bytes)"},
    {"cmpl %eax, -4(%rbp)", "t1 = [rbp + -4] (4 bytes); flags = t1 - rax (4 bytes)"},
    {"cmpl $5, sym(%rip)", "flags = [pc + 7*] - 5 (4 bytes)"},
    {"testl %edi, %edi", "flags = rdi - 0 (4 bytes)"},
    {"testb %al, %al", "flags = rax - 0 (1 bytes)"},
    {"testb $1, %al", "flags = rax & 0x1 (1 bytes)"},
    {"testl $0xff00, %eax", "flags = rax & 0xff00 (4 bytes)"},
    {"testb $4, %ah", "t1 = rax >> 8 (2 bytes); flags = t1 & 0x4 (1 bytes)"},
    {"testl %eax, %ebx", "flags = ?"},
    {"testb $1, (%rdi)", "t1 = [rdi] (1 bytes); flags = t1 & 0x1 (1 bytes)"},
    {"testq $-16, %rax", "flags = rax & 0xfffffffffffffff0"},
};

constexpr Case kControlFlow[] = {
    {"jmp .+16", "jump pc + 16"},
    {".byte 0xe9,0,0,0,0", "jump pc + 5*"},
    {"je .+16", "if eq jump pc + 16"},
    {".byte 0x0f,0x84,0,0,0,0", "if eq jump pc + 6*"},
    {"ja .+2", "if u> jump pc + 2"},
    {"jbe .+2", "if u<= jump pc + 2"},
    {"jb .+2", "if u< jump pc + 2"},
    {"jae .+2", "if u>= jump pc + 2"},
    {"jg .+2", "if s> jump pc + 2"},
    {"jle .+2", "if s<= jump pc + 2"},
    {"jl .+2", "if s< jump pc + 2"},
    {"jge .+2", "if s>= jump pc + 2"},
    {"js .+2", "if some condition jump pc + 2"},
    {"jno .+2", "if some condition jump pc + 2"},
    {"jp .+2", "if some condition jump pc + 2"},
    {"jrcxz .+4", "flags = rcx - 0 for the moment; if eq jump pc + 4"},
    {"jecxz .+4", "flags = rcx - 0 (4 bytes) for the moment; if eq jump pc + 4"},
    {"loop .+2", "rcx = rcx + -1; flags = rcx - 0 for the moment; if ne jump pc + 2"},
    {"loope .+2", "rcx = rcx + -1; if some condition jump pc + 2"},
    {"xbegin .+16", "rax = ? (4 bytes); if some condition jump pc + 16*"},
    {".byte 0xe8,0,0,0,0", "call pc + 5*"},
    {"callq *%rax", "call rax"},
    {"callq *8(%rax)", "call [rax + 8]"},
    {"callq *sym(%rip)", "call [pc + 6*]"},
    {"callq *%fs:8", "t0 = ?; call [t0]"},
    {"jmpq *%rax", "jump rax"},
    {"jmpq *table(,%rax,8)", "jump [(rax << 3) + 0*]"},
    {"jmpq *(%rax,%rcx,8)", "jump [rax + (rcx << 3)]"},
    {"jmpq *sym(%rip)", "jump [pc + 6*]"},
    {"notrack jmpq *%rax", "jump rax"},
    {"notrack jmpq *(%rax,%rcx,8)", "jump [rax + (rcx << 3)]"},
    {"ljmpq *(%rax)", "unmodelled; t0 = ?; jump t0"},
    {"retq", "return"},
    {"repz retq", "return"},
    {"retq $8", "unmodelled; return"},
    {"lretq", "unmodelled; return"},
    {"iretq", "unmodelled; return"},
    {"sysretq", "unmodelled; return"},
    {"ud2", "trap"},
    {"ud1l 2(%eax), %eax", "trap"},
    {"hlt", "trap"},
    {"int3", "trap"},
    {"int $3", "trap"},
    {"int $0x80", "rax, r8, r9, r10, r11 = ?; syscall"},
    {"syscall", "rax, rcx, r11 = ?; flags = ?; syscall"},
    {"sysenter", "unmodelled"},
};

constexpr Case kSpecial[] = {
    {"nop", ""},
    {"nopl (%rax)", ""},
    {"nopw %cs:(%rax,%rax)", ""},
    {".byte 0x66,0x66,0x2e,0x0f,0x1f,0x84,0,0,0,0,0", ""},
    {"xchgw %ax, %ax", ""},
    {"pause", ""},
    {"endbr64", ""},
    {"endbr32", ""},
    {"cpuid", "rax, rdx, rcx, rbx = ?"},
    {"rdtsc", "rax, rdx = ?"},
    {"rep movsq", "[rdi.. rcx of 8 bytes] = ?; rcx, rsi, rdi = ?"},
    {"movsb", "[rdi] = ? (1 bytes); rsi, rdi = ?"},
    {"rep stosq", "[rdi.. rcx of 8 bytes] = ?; rcx, rdi = ?"},
    {"stosl", "[rdi] = rax (4 bytes); rdi = ?"},
    {"stosb", "[rdi] = rax (1 bytes); rdi = ?"},
    {"lodsb", "rax = ? (1 bytes) merged; rsi = ?"},
    {"repne scasb", "rcx, rdi = ?; flags = ?"},
    {"repe cmpsb", "rcx, rsi, rdi = ?; flags = ?"},
    {"cld", ""},
    {"mfence", ""},
    {"prefetcht0 (%rax)", ""},
    {"clflush (%rax)", ""},
    {"push2p %rbx, %r12", "rsp = rsp + -8; [rsp] = r12; rsp = rsp + -8; [rsp] = rbx"},
    {"pop2p %r12, %rbx", "rbx = [rsp]; rsp = rsp + 8; r12 = [rsp]; rsp = rsp + 8"},
};

constexpr Case kVectorsAndOthers[] = {
    {"lddqu (%rax), %xmm0", ""},
    {"movaps %xmm0, -48(%rsp)", "[rsp + -48] = ? (16 bytes)"},
    {"movups %xmm0, (%rdi)", "[rdi] = ? (16 bytes)"},
    {"movdqu %xmm0, sym(%rip)", "[pc + 8*] = ? (16 bytes)"},
    {"movsd %xmm0, 8(%rsp)", "[rsp + 8] = ?"},
    {"movss %xmm0, 8(%rsp)", "[rsp + 8] = ? (4 bytes)"},
    {"movq %xmm0, 8(%rsp)", "[rsp + 8] = ?"},
    {"movd %xmm0, 8(%rsp)", "[rsp + 8] = ? (4 bytes)"},
    {"movhps %xmm0, 8(%rsp)", "[rsp + 8] = ?"},
    {"movlps %xmm0, 8(%rsp)", "[rsp + 8] = ?"},
    {"movq %rbx, %xmm0", ""},
    {"movq %xmm0, %rbx", "rbx = ?"},
    {"movd %xmm0, %ebx", "rbx = ?"},
    {"movmskps %xmm0, %eax", "rax = ?"},
    {"pextrw $1, %xmm0, 8(%rsp)", "[rsp + 8] = ? (2 bytes)"},
    {"pextrb $1, %xmm0, 8(%rsp)", "[rsp + 8] = ? (1 bytes)"},
    {"pextrq $1, %xmm0, %rax", "rax = ?"},
    {"vmovaps %ymm0, (%rsp)", "[rsp] = ? (32 bytes)"},
    {"vmovups %zmm0, (%rsp)", "[rsp] = ? (64 bytes)"},
    {"vmovdqu8 %zmm0, (%rsp){%k1}", "[rsp] = ? (64 bytes)"},
    {"vextractf128 $1, %ymm0, (%rsp)", "[rsp] = ? (16 bytes)"},
    {"vcvtps2ph $0, %ymm0, (%rsp)", "[rsp] = ? (16 bytes)"},
    {"vpscatterdd %zmm0, (%rsp,%zmm1,4){%k1}", "t0 = ?; [anywhere..] = ?"},
    {"vpgatherdd (%rsp,%xmm1,4), %xmm0{%k1}", ""},
    {"vpmovdb %zmm0, (%rsp)", "[rsp] = ? (16 bytes)"},
    {"vpcompressd %zmm0, (%rsp){%k1}", "[rsp] = ? (64 bytes)"},
    {"maskmovdqu %xmm1, %xmm0", "[rdi] = ? (16 bytes)"},
    {"movnti %rax, (%rdi)", "[rdi] = ?"},
    {"movbeq %rax, (%rdi)", "[rdi] = ?"},
    {"movbeq (%rdi), %rax", "rax = ?"},
    {"fstpt -16(%rbp)", "[rbp + -16] = ? (10 bytes)"},
    {"fstpl -16(%rbp)", "[rbp + -16] = ?"},
    {"fnstcw -16(%rbp)", "[rbp + -16] = ? (2 bytes)"},
    {"fistpll -16(%rbp)", "[rbp + -16] = ?"},
    {"fldcw -16(%rbp)", ""},
    {"fldt (%rdi)", ""},
    {"fnstsw %ax", "rax = ? (2 bytes) merged"},
    {"stmxcsr -4(%rbp)", "[rbp + -4] = ? (4 bytes)"},
    {"ldmxcsr -4(%rbp)", ""},
    {"fxsave (%rdi)", "[rdi.. ? of 1 bytes] = ?"},
    {"xsave (%rdi)", "[rdi.. ? of 1 bytes] = ?"},
    {"fxrstor (%rdi)", ""},
    {"vzeroupper", ""},
    {"ptest %xmm0, %xmm1", "flags = ?"},
    {"comisd %xmm0, %xmm1", "flags = ?"},
    {"cvttsd2si %xmm0, %rax", "rax = ?"},
    {"kmovd %k0, %eax", "rax = ?"},
    {"movdir64b (%rax), %rcx", "[rcx] = ? (64 bytes)"},
    {"xgetbv", "rax, rdx = ?"},
    {"rdfsbase %rax", "rax = ?"},
    {"tilestored %tmm0, (%rax,%rcx)", "[rax + rcx.. ? of 1 bytes] = ?"},
    {"clzero", "[anywhere..] = ?"},
};

class X86Lift : public testing::Test {
 protected:
  X86Lift() : decoder_(x86_64_arch(), {.second_opinion = true}) {}

  // Every line of assembly is one instruction.
  void check(std::span<const Case> cases) {
    std::string source;
    for (const Case& c : cases) source += std::string(c.assembly) + "\n";
    std::vector<uint8_t> code = test::assemble("x86_64-linux-gnu", "", source);
    std::span<const uint8_t> rest = code;
    for (const Case& c : cases) {
      uint32_t index = decoder_.decode(rest);
      const Insn& insn = decoder_.insn(index);
      ASSERT_NE(insn.length, 0) << c.assembly;
      EXPECT_EQ(to_text(decoder_.ops(index), x86_64_arch()), c.meaning) << c.assembly;
      EXPECT_FALSE(insn.decoders_disagree) << decoder_.disagreement(rest);
      rest = rest.subspan(insn.length);
    }
    EXPECT_TRUE(rest.empty());
  }

  uint32_t decode(const std::string& assembly) {
    return decoder_.decode(test::assemble("x86_64-linux-gnu", "", assembly));
  }
  Insn insn(const std::string& assembly) { return decoder_.insn(decode(assembly)); }
  MicroOp last_op(const std::string& assembly) { return decoder_.ops(decode(assembly)).back(); }

  Decoder decoder_;
};

TEST_F(X86Lift, StackPointer) { check(kStackPointer); }
TEST_F(X86Lift, Moves) { check(kMoves); }
TEST_F(X86Lift, Arithmetic) { check(kArithmetic); }
TEST_F(X86Lift, Comparisons) { check(kComparisons); }
TEST_F(X86Lift, ControlFlow) { check(kControlFlow); }
TEST_F(X86Lift, Special) { check(kSpecial); }
TEST_F(X86Lift, VectorsAndOthers) { check(kVectorsAndOthers); }

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
