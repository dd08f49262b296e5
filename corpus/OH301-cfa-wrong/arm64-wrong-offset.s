// arch: arm64
// rule: OH301
// expect: OH301 f+0x4
// flags: -O2
// source: aarch64 gcc-12 -O2
// why: stp moves SP by 48 and the row says 32

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	stp	x29, x30, [sp, -48]!
	.cfi_def_cfa_offset	32	// planted: 48
	.cfi_offset	29, -48
	.cfi_offset	30, -40
	mov	x29, sp
	str	w0, [sp, 28]
	bl	g
	ldr	w1, [sp, 28]
	add	w0, w0, w1
	ldp	x29, x30, [sp], 48
	.cfi_restore	30
	.cfi_restore	29
	.cfi_def_cfa_offset	0
	ret
	.cfi_endproc
	.size	f, .-f
