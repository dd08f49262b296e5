// arch: x86-64
// rule: OH201
// expect: silent
// flags: -O2
// source: clang-19 -O2
// why: SP was moved by an unknown amount and is recomputed from the frame pointer

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
	pushq	%r14
	pushq	%rbx
	.cfi_offset	%rbx, -32
	.cfi_offset	%r14, -24
	movl	%edi, %esi
	movl	%edi, %eax
	movq	%rsp, %rbx
	leaq	15(,%rax,4), %r14
	andq	$-16, %r14
	movq	%rbx, %rdi
	subq	%r14, %rdi
	movq	%rdi, %rsp
	negq	%r14
	callq	g
	movl	(%rbx,%r14), %eax
	leaq	-16(%rbp), %rsp
	popq	%rbx
	popq	%r14
	popq	%rbp
	.cfi_def_cfa	%rsp, 8
	retq
	.cfi_endproc
	.size	f, .-f
