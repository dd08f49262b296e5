// arch: x86-64
// rule: OH302
// expect: OH302 f+0x19
// flags: clang-19 -O1
// source: clang-19 -O1 (docs/findings/042)
// why: rbx is the base of the frame one instruction before the row says where the caller's is

	.text
	.globl	f
	.type	f,%function
f:
	.cfi_startproc
	pushq	%rbp
	.cfi_def_cfa_offset 16
	.cfi_offset %rbp, -16
	movq	%rsp, %rbp
	.cfi_def_cfa_register %rbp
	pushq	%r15
	pushq	%r14
	pushq	%r13
	pushq	%r12
	pushq	%rbx
	pushq	%rbx
	andq	$-32, %rsp
	subq	$96, %rsp
	movq	%rsp, %rbx
	movq	%rsp, -48(%rbp)
	.cfi_offset %rbx, -56
	.cfi_offset %r12, -48
	.cfi_offset %r13, -40
	.cfi_offset %r14, -32
	.cfi_offset %r15, -24
	movslq	%edi, %rcx
	movq	%rsp, %rsi
	movq	%rcx, 24(%rbx)
	leaq	15(%rcx), %rax
	andq	$-16, %rax
	subq	%rax, %rsi
	movq	%rsi, %rsp
	leaq	32(%rbx), %rdi
	movq	%rsi, 16(%rbx)
	callq	use
	movq	jb@GOTPCREL(%rip), %rax
	movq	%rbp, (%rax)
	movq	%rsp, 16(%rax)
	leaq	.LBB0_5(%rip), %rcx
	movq	%rcx, 8(%rax)
	xorl	%eax, %eax
	testl	%eax, %eax
	jne	.LBB0_3
	jmp	.LBB0_4
.LBB0_5:
	movq	-48(%rbp), %rbx
	movl	$1, %eax
	testl	%eax, %eax
	je	.LBB0_4
.LBB0_3:
	leaq	32(%rbx), %rsi
	movq	16(%rbx), %rdi
	callq	use
.LBB0_4:
	movq	24(%rbx), %rax
	movsbl	32(%rbx,%rax), %eax
	leaq	-48(%rbp), %rsp
	popq	%rbx
	popq	%rbx
	popq	%r12
	popq	%r13
	popq	%r14
	popq	%r15
	popq	%rbp
	.cfi_def_cfa %rsp, 8
	retq
	.size	f, .-f
	.cfi_endproc
