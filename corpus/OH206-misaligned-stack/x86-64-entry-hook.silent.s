// arch: x86-64
// rule: OH206
// expect: silent
// flags: gcc-12 -O2 -pg -mfentry
// source: gcc-12 -O2 -pg -mfentry
// why: __fentry__ is called before the function has a frame

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	call	__fentry__
	subq	$8, %rsp
	.cfi_def_cfa_offset	16
	call	g
	addq	$8, %rsp
	.cfi_def_cfa_offset	8
	ret
	.cfi_endproc
	.size	f, .-f
