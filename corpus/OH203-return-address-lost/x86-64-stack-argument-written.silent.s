// arch: x86-64
// rule: OH203
// expect: silent
// flags: -O2
// source: gcc-12 -O2
// why: the words above the return address are incoming arguments and belong to the callee (psABI 3.2.3)

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	subq	$8, %rsp
	.cfi_def_cfa_offset	16
	movl	%edi, 16(%rsp)
	movq	%rsi, 24(%rsp)
	leaq	16(%rsp), %rdi
	call	g
	addq	$8, %rsp
	.cfi_def_cfa_offset	8
	ret
	.cfi_endproc
	.size	f, .-f
