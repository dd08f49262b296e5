// arch: x86-64
// rule: OH207
// expect: silent
// flags: clang-16 -O1
// source: clang-16 -O1, __builtin_setjmp in a realigned frame (weave, seed 14), reduced
// why: 64 bytes are reserved behind the alignment, which only lowers SP: the place is in them, or above

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rbp
	.cfi_def_cfa_offset	16
	.cfi_offset	%rbp, -16
	movq	%rsp, %rbp
	.cfi_def_cfa_register	%rbp
	pushq	%rbx
	.cfi_offset	%rbx, -24
	andq	$-32, %rsp
	subq	$64, %rsp
	movl	%esi, -24(%rbp)
	subq	%rdi, %rsp
	call	g
	movl	-24(%rbp), %eax
	leaq	-8(%rbp), %rsp
	popq	%rbx
	popq	%rbp
	.cfi_def_cfa	%rsp, 8
	ret
	.cfi_endproc
	.size	f, .-f
