// arch: arm64
// rule: OH207
// expect: OH207 f+0x8
// flags: -O2
// source: by hand
// why: the frame is given up before its last word is read

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	sub	sp, sp, 16
	.cfi_def_cfa_offset	16
	add	sp, sp, 16
	.cfi_def_cfa_offset	0
	ldr	w0, [sp, -8]
	ret
	.cfi_endproc
	.size	f, .-f
