// arch: arm64
// rule: OH202
// expect: silent
// flags: -O2
// source: clang-19 -O2
// why: d8 to d10 are saved and restored; the rows name them b8 to b10

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	str	d10, [sp, #-48]!
	.cfi_def_cfa_offset	48
	stp	d9, d8, [sp, #16]
	stp	x29, x30, [sp, #32]
	add	x29, sp, #32
	.cfi_def_cfa	w29, 16
	.cfi_offset	w30, -8
	.cfi_offset	w29, -16
	.cfi_offset	b8, -24
	.cfi_offset	b9, -32
	.cfi_offset	b10, -48
	fmov	d8, d1
	fmov	d9, d0
	bl	g
	fmov	d10, d0
	fmov	d0, d8
	bl	g
	fmadd	d0, d0, d10, d9
	.cfi_def_cfa	wsp, 48
	ldp	x29, x30, [sp, #32]
	ldp	d9, d8, [sp, #16]
	ldr	d10, [sp], #48
	.cfi_def_cfa_offset	0
	.cfi_restore	w30
	.cfi_restore	w29
	.cfi_restore	b8
	.cfi_restore	b9
	.cfi_restore	b10
	ret
	.cfi_endproc
	.size	f, .-f
