// arch: arm64
// rule: OH201
// expect: silent
// flags: -O2
// source: clang-19 -O2
// why: the frame is too large for one immediate: allocated and freed in two instructions each

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	stp	x29, x30, [sp, #-32]!
	.cfi_def_cfa_offset	32
	str	x28, [sp, #16]
	mov	x29, sp
	.cfi_def_cfa	w29, 32
	.cfi_offset	w28, -16
	.cfi_offset	w30, -24
	.cfi_offset	w29, -32
	sub	sp, sp, #4, lsl #12
	sub	sp, sp, #3616
	mov	x0, sp
	bl	g
	add	sp, sp, #4, lsl #12
	add	sp, sp, #3616
	.cfi_def_cfa	wsp, 32
	ldr	x28, [sp, #16]
	ldp	x29, x30, [sp], #32
	.cfi_def_cfa_offset	0
	.cfi_restore	w28
	.cfi_restore	w30
	.cfi_restore	w29
	ret
	.cfi_endproc
	.size	f, .-f
