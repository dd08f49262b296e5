// arch: arm64
// rule: OH206
// expect: OH206 f+0x4
// flags: -O2
// source: by hand
// why: SP must be aligned at a public interface (AAPCS64 6.4.5.2)

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	sub	sp, sp, 24
	.cfi_def_cfa_offset	24
	bl	abort
	.cfi_endproc
	.size	f, .-f
