// arch: x86-64
// rule: OH301
// expect: OH301 f+0x71
// flags: clang-19 -O1
// source: clang-19 -O1, both epilogues mended (docs/findings/045)
// why: behind the first epilogue the CFA is said to be in r10, which a call has overwritten

	.text
	.globl	f
	.type	f,%function
f:
	.cfi_startproc
	leaq	8(%rsp), %r10
	.cfi_def_cfa %r10, 0
	andq	$-64, %rsp
	pushq	-8(%r10)
	pushq	%rbp
	movq	%rsp, %rbp
	.cfi_escape 0x10, 0x06, 0x02, 0x76, 0x00
	pushq	%r15
	pushq	%r14
	pushq	%r12
	pushq	%rbx
	subq	$80, %rsp
	movq	%r10, -40(%rbp)
	.cfi_escape 0x10, 0x03, 0x02, 0x76, 0x60
	.cfi_escape 0x10, 0x0c, 0x02, 0x76, 0x68
	.cfi_escape 0x10, 0x0e, 0x02, 0x76, 0x70
	.cfi_escape 0x10, 0x0f, 0x02, 0x76, 0x78
	.cfi_escape 0x0f, 0x03, 0x76, 0x58, 0x06
	movl	%edi, %r14d
	movslq	%edi, %r12
	movq	%rsp, %r15
	leaq	15(%r12), %rax
	andq	$-16, %rax
	subq	%rax, %r15
	movq	%r15, %rsp
	leaq	-112(%rbp), %rdi
	movq	%r15, %rsi
	callq	use
	cmpb	$0, -112(%rbp)
	je	.LBB0_2
	leaq	-112(%rbp), %rsi
	movq	%r15, %rdi
	callq	use
	movsbl	-112(%rbp,%r12), %eax
	.cfi_remember_state
	movq	-40(%rbp), %r10
	.cfi_def_cfa %r10, 0
	leaq	-32(%rbp), %rsp
	popq	%rbx
	.cfi_restore %rbx
	popq	%r12
	.cfi_restore %r12
	popq	%r14
	.cfi_restore %r14
	popq	%r15
	.cfi_restore %r15
	popq	%rbp
	.cfi_restore %rbp
	leaq	-8(%r10), %rsp
	.cfi_def_cfa %rsp, 8
	retq
.LBB0_2:
	.cfi_restore_state
	.cfi_def_cfa %r10, 0
	movl	%r14d, %edi
	movq	-40(%rbp), %r10
	.cfi_def_cfa %r10, 0
	leaq	-32(%rbp), %rsp
	popq	%rbx
	.cfi_restore %rbx
	popq	%r12
	.cfi_restore %r12
	popq	%r14
	.cfi_restore %r14
	popq	%r15
	.cfi_restore %r15
	popq	%rbp
	.cfi_restore %rbp
	leaq	-8(%r10), %rsp
	.cfi_def_cfa %rsp, 8
	jmp	h
	.size	f, .-f
	.cfi_endproc
