// arch: arm64
// rule: OH302
// expect: silent
// flags: -O2
// source: clang-19 -O2
// why: Clang names the slots behind the last store: until a register is overwritten, "same value" is true

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	stp	x29, x30, [sp, #-48]!
	.cfi_def_cfa_offset	48
	str	x21, [sp, #16]
	stp	x20, x19, [sp, #32]
	mov	x29, sp
	.cfi_def_cfa	w29, 48
	.cfi_offset	w19, -8
	.cfi_offset	w20, -16
	.cfi_offset	w21, -32
	.cfi_offset	w30, -40
	.cfi_offset	w29, -48
	mov	w19, w1
	mov	w20, w0
	bl	g
	mov	w21, w0
	mov	w0, w19
	bl	g
	add	w8, w21, w20
	add	w0, w8, w0
	.cfi_def_cfa	wsp, 48
	ldp	x20, x19, [sp, #32]
	ldr	x21, [sp, #16]
	ldp	x29, x30, [sp], #48
	.cfi_def_cfa_offset	0
	.cfi_restore	w19
	.cfi_restore	w20
	.cfi_restore	w21
	.cfi_restore	w30
	.cfi_restore	w29
	ret
	.cfi_endproc
	.size	f, .-f
