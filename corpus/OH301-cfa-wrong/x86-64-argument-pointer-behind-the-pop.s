// arch: x86-64
// rule: OH301
// expect: OH301 f+0x4b
// expect: OH302 f+0x4f
// expect: OH302 f+0x4f
// expect: OH302 f+0x4f
// flags: clang-19 -O1
// source: clang-19 -O1 (docs/findings/044)
// why: the CFA is read from a slot below rbp, and rbp has been popped

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
	pushq	%r14
	pushq	%rbx
	subq	$96, %rsp
	movq	%r10, -24(%rbp)
	.cfi_escape 0x10, 0x03, 0x02, 0x76, 0x70
	.cfi_escape 0x10, 0x0e, 0x02, 0x76, 0x78
	.cfi_escape 0x0f, 0x03, 0x76, 0x68, 0x06
	movslq	%edi, %r14
	movq	%rsp, %rsi
	leaq	15(%r14), %rax
	andq	$-16, %rax
	subq	%rax, %rsi
	movq	%rsi, %rsp
	leaq	-112(%rbp), %rdi
	callq	use
	movsbl	-112(%rbp,%r14), %eax
	movq	-24(%rbp), %r10
	leaq	-16(%rbp), %rsp
	popq	%rbx
	popq	%r14
	popq	%rbp
	leaq	-8(%r10), %rsp
	.cfi_def_cfa %rsp, 8
	retq
	.size	f, .-f
	.cfi_endproc
