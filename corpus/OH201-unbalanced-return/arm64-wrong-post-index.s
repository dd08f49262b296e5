// arch: arm64
// rule: OH201
// expect: OH201 f+0x18
// flags: -O2
// source: aarch64 gcc-12 -O2
// why: the frame of 32 bytes is left by a post-index of 16

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
	str	w0, [sp, 28]
	bl	g
	ldr	w0, [sp, 28]
	ldp	x29, x30, [sp], 16	// planted: not 32
	.cfi_restore	30
	.cfi_restore	29
	.cfi_def_cfa_offset	16
	ret
	.cfi_endproc
	.size	f, .-f
