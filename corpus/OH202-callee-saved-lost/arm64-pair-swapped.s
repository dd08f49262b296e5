// arch: arm64
// rule: OH202
// expect: OH202 f+0x2c
// expect: OH202 f+0x2c
// expect: OH302 f+0x2c
// expect: OH302 f+0x2c
// flags: -O2
// source: aarch64 gcc-12 -O2
// why: the ldp names x20 first: the caller gets x19 and x20 exchanged (AAPCS64 6.1.1)

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	stp	x29, x30, [sp, -32]!
	.cfi_def_cfa_offset	32
	.cfi_offset	29, -32
	.cfi_offset	30, -24
	mov	x29, sp
	stp	x19, x20, [sp, 16]
	.cfi_offset	19, -16
	.cfi_offset	20, -8
	mov	x19, x0
	bl	g
	mov	w20, w0
	mov	x0, x19
	bl	h
	mul	w0, w0, w20
	ldp	x20, x19, [sp, 16]	// planted: stored as x19, x20
	ldp	x29, x30, [sp], 32
	.cfi_restore	30
	.cfi_restore	29
	.cfi_restore	19
	.cfi_restore	20
	.cfi_def_cfa_offset	0
	ret
	.cfi_endproc
	.size	f, .-f
