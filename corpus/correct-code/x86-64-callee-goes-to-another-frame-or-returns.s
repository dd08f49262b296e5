// arch: x86-64
// expect: unproved noreturn-unknown f
// flags: -O2
// source: the twin of x86-64-callee-goes-to-another-frame.silent.s: _Unwind_RaiseException()
// why: resume() returns on one of its ways; that it does not do so here is nowhere said

	.text
	.type	resume, @function
resume:
	.cfi_startproc
	endbr64
	testq	%rdi, %rdi
	jne	.Lgo
	ret
.Lgo:
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
	.size	resume, .-resume

	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	testl	%edi, %edi
	je	.Lresume
	ret
.Lresume:
	subq	$8, %rsp
	.cfi_def_cfa_offset 16
	call	resume
	.cfi_endproc
	.size	f, .-f
