// arch: arm64
// rule: OH207
// expect: silent
// flags: -O2
// source: aarch64 gcc-12 -O0
// why: pre- and post-indexed accesses move SP and access what then is, or was, above it

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	str	x0, [sp, -16]!
	.cfi_def_cfa_offset	16
	ldr	x0, [sp], 16
	.cfi_def_cfa_offset	0
	ret
	.cfi_endproc
	.size	f, .-f
