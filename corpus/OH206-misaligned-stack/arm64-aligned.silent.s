// arch: arm64
// rule: OH206
// expect: silent
// flags: -O2
// source: by hand
// why: the same access in a frame of 16 bytes

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	sub	sp, sp, 16
	.cfi_def_cfa_offset	16
	str	w0, [sp, 8]
	add	sp, sp, 16
	.cfi_def_cfa_offset	0
	ret
	.cfi_endproc
	.size	f, .-f
