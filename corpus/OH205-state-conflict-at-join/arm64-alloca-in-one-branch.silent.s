// arch: arm64
// rule: OH205
// expect: silent
// flags: -O2
// source: aarch64 gcc-12 -O2
// why: SP differs at the join, and nothing reads it there: the CFA and the epilogue come from x29

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
	.cfi_def_cfa_register	29
	str	x19, [sp, 16]
	.cfi_offset	19, -16
	mov	w19, w0
	mov	x0, 0
	cbz	w1, .L2
	sub	sp, sp, #32
	mov	x0, sp
.L2:
	bl	g
	mov	sp, x29
	add	w0, w19, 1
	ldr	x19, [sp, 16]
	ldp	x29, x30, [sp], 32
	.cfi_restore	30
	.cfi_restore	29
	.cfi_restore	19
	.cfi_def_cfa	31, 0
	ret
	.cfi_endproc
	.size	f, .-f
