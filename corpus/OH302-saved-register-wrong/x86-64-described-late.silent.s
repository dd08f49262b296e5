// arch: x86-64
// rule: OH302
// expect: silent
// flags: -O2
// source: clang-19 -O2
// why: Clang names the slots behind the last push: until a register is overwritten, "same value" is true

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rbp
	.cfi_def_cfa_offset	16
	pushq	%r14
	.cfi_def_cfa_offset	24
	pushq	%rbx
	.cfi_def_cfa_offset	32
	.cfi_offset	%rbx, -32
	.cfi_offset	%r14, -24
	.cfi_offset	%rbp, -16
	movl	%esi, %ebx
	movl	%edi, %ebp
	callq	g
	movl	%eax, %r14d
	movl	%ebx, %edi
	callq	g
	addl	%ebp, %r14d
	addl	%r14d, %eax
	popq	%rbx
	.cfi_def_cfa_offset	24
	popq	%r14
	.cfi_def_cfa_offset	16
	popq	%rbp
	.cfi_def_cfa_offset	8
	retq
	.cfi_endproc
	.size	f, .-f
