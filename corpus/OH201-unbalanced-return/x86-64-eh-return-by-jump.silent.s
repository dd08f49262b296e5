// arch: x86-64
// rule: OH201
// expect: silent
// flags: -O2
// why: __builtin_eh_return with shadow stacks: the handler is popped and jumped to, as no return would predict it

	.text
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	endbr64
	pushq	%rbx
	.cfi_def_cfa_offset 16
	.cfi_offset 3, -16
	movq	%rsi, %rbx
	pushq	%rdx
	.cfi_def_cfa_offset 24
	.cfi_offset 1, -24
	pushq	%rax
	.cfi_def_cfa_offset 32
	.cfi_offset 0, -32
	subq	$16, %rsp
	.cfi_def_cfa_offset 48
	movq	%rdi, 8(%rsp)
	leaq	8(%rsp), %rdi
	call	step@PLT
	movq	8(%rsp), %rax
	movq	%rax, %rcx
	movq	%rbx, 40(%rsp,%rax)
	movq	16(%rsp), %rax
	movq	24(%rsp), %rdx
	movq	32(%rsp), %rbx
	leaq	40(%rsp,%rcx), %rsp
	.cfi_def_cfa_offset 8
	popq	%rcx
	.cfi_register 16, 2
	.cfi_def_cfa_offset 0
	jmp	*%rcx
	.cfi_endproc
	.size	f, .-f
