// arch: arm64
// rule: OH303
// expect: silent
// flags: -O2
// source: aarch64 gcc-12 -O2
// why: x30 keeps the return address through a leaf: "same value" is true

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	sub	sp, sp, #16
	.cfi_def_cfa_offset	16
	str	w0, [sp]
	add	w0, w0, 1
	str	w0, [sp, 12]
	ldr	w1, [sp]
	ldr	w0, [sp, 12]
	add	sp, sp, 16
	.cfi_def_cfa_offset	0
	mul	w0, w1, w0
	ret
	.cfi_endproc
	.size	f, .-f
