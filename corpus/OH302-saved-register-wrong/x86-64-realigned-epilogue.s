// arch: x86-64
// rule: OH302
// expect: OH302 f+0x42
// expect: OH302 f+0x42
// flags: -O2
// source: gcc-12 -O2 -mavx2, reduced (docs/findings/010)
// why: found in GCC 12: where a frame was realigned, rbx and rbp are declared to be saved at [rbp-16] and [rbp], and
//   stay so behind popq %rbp, when rbp is the caller's

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	leaq	8(%rsp), %r10
	.cfi_def_cfa	10, 0
	andq	$-32, %rsp
	pushq	-8(%r10)
	pushq	%rbp
	movq	%rsp, %rbp
	.cfi_escape	0x10,0x6,0x2,0x76,0
	pushq	%r10
	.cfi_escape	0xf,0x3,0x76,0x78,0x6
	pushq	%rbx
	.cfi_escape	0x10,0x3,0x2,0x76,0x70
	leaq	-48(%rbp), %rdi
	subq	$32, %rsp
	movslq	(%r10), %rax
	movq	%rax, %rbx
	addq	$15, %rax
	andq	$-16, %rax
	subq	%rax, %rsp
	movq	%rsp, %rsi
	call	g
	addl	-48(%rbp), %ebx
	leaq	-16(%rbp), %rsp
	movl	%ebx, %eax
	popq	%rbx
	popq	%r10
	.cfi_def_cfa	10, 0
	popq	%rbp
	leaq	-8(%r10), %rsp
	.cfi_def_cfa	7, 8
	ret
	.cfi_endproc
	.size	f, .-f
