// arch: x86-64
// rule: OH206
// expect: silent
// flags: gcc-12 -O2
// source: by hand
// why: one argument on the stack and 8 bytes beside it: the end of the argument area is aligned

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	subq	$8, %rsp
	.cfi_def_cfa_offset	16
	pushq	$7
	.cfi_def_cfa_offset	24
	pushq	$8
	.cfi_def_cfa_offset	32
	call	g
	addq	$24, %rsp
	.cfi_def_cfa_offset	8
	ret
	.cfi_endproc
	.size	f, .-f
