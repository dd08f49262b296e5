// arch: x86-64
// rule: OH203
// expect: silent
// flags: -O2
// source: gcc-12 -O2
// why: __builtin_return_address(0) reads the slot and leaves it

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	subq	$8, %rsp
	.cfi_def_cfa_offset	16
	movq	8(%rsp), %rdi
	call	g
	addq	$8, %rsp
	.cfi_def_cfa_offset	8
	ret
	.cfi_endproc
	.size	f, .-f
