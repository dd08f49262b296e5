// arch: arm64
// rule: OH206
// expect: OH206 f+0x4
// flags: -O2
// source: by hand
// why: the CPU faults where SP is the base of an access and no multiple of 16

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	sub	sp, sp, 8
	.cfi_def_cfa_offset	8
	str	w0, [sp]
	add	sp, sp, 8
	.cfi_def_cfa_offset	0
	ret
	.cfi_endproc
	.size	f, .-f
