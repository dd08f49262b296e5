// arch: x86-64
// rule: OH105
// expect: OH105 f+0x3
// expect: unproved unmodelled-instruction f
// flags: -O2
// why: LOCK may stand only before an instruction that writes to memory (Intel SDM 2A, LOCK: else #UD); LLVM takes it,
//   Capstone does not

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	movq	%rdi, %rax
	.byte	0xf0	# planted: lock
	addq	%rsi, %rax
	ret
	.cfi_endproc
	.size	f, .-f
