// arch: x86-64
// rule: OH202
// expect: OH302 f+0x5
// expect: OH301 f+0xb2
// expect: OH302 f+0xb7
// expect: OH302 f+0xb7
// expect: OH302 f+0xb7
// expect: OH302 f+0xb7
// expect: OH302 f+0xb7
// expect: OH302 f+0xb7
// expect: OH202 f+0xb7
// flags: clang-19 -O1
// source: clang-19 -O1 (docs/findings/055)
// why: the address of the arguments is put into r13 before r13 is saved

	.text
	.globl	f
	.type	f,%function
f:
	.cfi_startproc
	leaq	8(%rsp), %r12
	.cfi_def_cfa %r12, 0
	andq	$-64, %rsp
	pushq	-8(%r12)
	pushq	%rbp
	movq	%rsp, %rbp
	.cfi_escape 0x10, 0x06, 0x02, 0x76, 0x00
	pushq	%r15
	pushq	%r14
	pushq	%r13
	pushq	%r12
	pushq	%rbx
	subq	$136, %rsp
	movq	%r12, -72(%rbp)
	.cfi_escape 0x10, 0x03, 0x02, 0x76, 0x58
	.cfi_escape 0x10, 0x0c, 0x02, 0x76, 0x60
	.cfi_escape 0x10, 0x0d, 0x02, 0x76, 0x68
	.cfi_escape 0x10, 0x0e, 0x02, 0x76, 0x70
	.cfi_escape 0x10, 0x0f, 0x02, 0x76, 0x78
	.cfi_escape 0x0f, 0x04, 0x76, 0xb8, 0x7f, 0x06
	movq	%r9, -64(%rbp)
	movq	%r8, -56(%rbp)
	movq	%rcx, -48(%rbp)
	movq	%rdx, %r13
	movq	%rsi, %rcx
	movq	%rdi, %r14
	movq	%rsp, %r15
	leaq	15(%rdi), %rax
	andq	$-16, %rax
	subq	%rax, %r15
	movq	%r15, %rsp
	leaq	-176(%rbp), %rsi
	movq	%rcx, %rdi
	movq	%r15, %rdx
	xorl	%eax, %eax
	callq	use
	cmpq	$0, (%r12)
	je	.LBB0_3
.LBB0_1:
	movq	(%r12), %rdi
	decq	%rdi
	movq	%r15, %rsi
	xorl	%eax, %eax
	callq	use
	movq	%rax, (%r12)
	cmpq	$0, (%r12)
	jne	.LBB0_1
.LBB0_3:
	movq	%r14, %rdi
	movq	%r13, %rsi
	movq	-48(%rbp), %rdx
	movq	-56(%rbp), %rcx
	movq	-64(%rbp), %r8
	xorl	%eax, %eax
	callq	use
	addq	(%r12), %rax
	movq	-72(%rbp), %r12
	leaq	-40(%rbp), %rsp
	popq	%rbx
	popq	%r12
	popq	%r13
	popq	%r14
	popq	%r15
	popq	%rbp
	leaq	-8(%r12), %rsp
	.cfi_def_cfa %rsp, 8
	retq
	.size	f, .-f
	.cfi_endproc
