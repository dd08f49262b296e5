// arch: x86-64
// rule: OH301
// expect: OH301 f+0x25
// expect: OH302 f+0x2a
// flags: -O2
// source: gcc-12 -O2 -frename-registers, reduced (docs/findings/022)
// why: what r10 stood for in the prologue is popped into rdx, and the rows still count from r10

	.text
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	leaq	8(%rsp), %r10
	.cfi_def_cfa 10, 0
	andq	$-64, %rsp
	pushq	-8(%r10)
	pushq	%rbp
	movq	%rsp, %rbp
	.cfi_escape 0x10,0x6,0x2,0x76,0
	pushq	%r10
	.cfi_escape 0xf,0x3,0x76,0x78,0x6
	subq	$104, %rsp
	leaq	-112(%rbp), %rdi
	call	g
	addq	$104, %rsp
	popq	%rdx			# planted
	.cfi_def_cfa 10, 0
	popq	%rbp
	leaq	-8(%rdx), %rsp
	.cfi_def_cfa 7, 8
	ret
	.cfi_endproc
	.size	f, .-f
