// arch: arm64
// rule: OH204
// expect: silent
// flags: -O2
// source: clang-19 -O2
// why: an ordinary tail call: the epilogue, then b

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	stp	x29, x30, [sp, #-32]!
	.cfi_def_cfa_offset	32
	str	x19, [sp, #16]
	mov	x29, sp
	.cfi_def_cfa	w29, 32
	.cfi_offset	w19, -16
	.cfi_offset	w30, -24
	.cfi_offset	w29, -32
	mov	w19, w0
	bl	g
	add	w0, w0, w19
	.cfi_def_cfa	wsp, 32
	ldr	x19, [sp, #16]
	ldp	x29, x30, [sp], #32
	.cfi_def_cfa_offset	0
	.cfi_restore	w19
	.cfi_restore	w30
	.cfi_restore	w29
	b	t
	.cfi_endproc
	.size	f, .-f
