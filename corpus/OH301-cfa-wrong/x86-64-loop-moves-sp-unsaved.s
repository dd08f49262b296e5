// arch: x86-64
// rule: OH301
// expect: OH201 f+0x30
// expect: OH301 f+0x2d
// expect: OH301 f+0x30
// flags: -O2
// source: the twin of x86-64-loop-moves-sp.unproved.s
// why: nothing is kept there before the loop

	.text
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	movq	%rsp, %rax
	.cfi_def_cfa_register %rax
	andq	$-1024, %rsp
	addq	$448, %rsp
	movq	%rdx, 88(%rsp)	# planted
.Lround:
	leaq	-64(%rsp), %rsp
	decq	%rdi
	jne	.Lround
	leaq	448(%rsp), %rsp
	movq	88(%rsp), %rsi
	.cfi_def_cfa %rsi, 8
	leaq	(%rsi), %rsp
	.cfi_def_cfa_register %rsp
	ret
	.cfi_endproc
	.size	f, .-f
