// arch: arm64
// rule: OH206
// expect: silent
// flags: -O2
// source: by hand
// why: while SP is not aligned nothing is accessed through it

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	sub	sp, sp, 8
	.cfi_def_cfa_offset	8
	str	w0, [x1]
	add	sp, sp, 8
	.cfi_def_cfa_offset	0
	ret
	.cfi_endproc
	.size	f, .-f
