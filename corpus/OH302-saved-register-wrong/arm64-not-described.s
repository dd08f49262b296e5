// arch: arm64
// rule: OH302
// expect: OH302 f+0x10
// flags: -O2
// source: clang-19 -O2
// why: d8 is saved and overwritten, and no row says where it lies

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	str	d8, [sp, #-32]!
	.cfi_def_cfa_offset	32
	stp	x29, x30, [sp, #16]
	add	x29, sp, #16
	.cfi_def_cfa	w29, 16
	.cfi_offset	w30, -8
	.cfi_offset	w29, -16
	fmov	d8, d0	// planted: .cfi_offset b8, -32 stood above it
	bl	g
	fadd	d0, d0, d8
	.cfi_def_cfa	wsp, 32
	ldp	x29, x30, [sp, #16]
	ldr	d8, [sp], #32
	.cfi_def_cfa_offset	0
	.cfi_restore	w30
	.cfi_restore	w29
	ret
	.cfi_endproc
	.size	f, .-f
