// arch: x86-64
// rule: OH204
// expect: silent
// flags: clang-19 -O2 -mlvi-cfi
// source: clang-19 -O2 -mlvi-cfi, with the row that it lacks
// why: the jump goes to the return address, which was popped for it: it is a return

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset 16
	.cfi_offset %rbx, -16
	movl	%edi, %ebx
	callq	g
	addl	%ebx, %eax
	popq	%rbx
	.cfi_def_cfa_offset 8
	popq	%rcx
	.cfi_def_cfa_offset 0
	lfence
	jmpq	*%rcx
	.cfi_endproc
	.size	f, .-f
