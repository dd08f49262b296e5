// arch: arm64
// rule: OH201
// expect: silent
// flags: -O2
// source: aarch64 gcc-12 -O2
// why: SP was moved by an unknown amount and is set back from x29

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	stp	x29, x30, [sp, -32]!
	.cfi_def_cfa_offset	32
	.cfi_offset	29, -32
	.cfi_offset	30, -24
	mov	w1, w0
	sbfiz	x0, x0, 2, 32
	add	x0, x0, 15
	mov	x29, sp
	.cfi_def_cfa_register	29
	and	x0, x0, -16
	str	x19, [sp, 16]
	.cfi_offset	19, -16
	sub	sp, sp, x0
	mov	x19, sp
	mov	x0, x19
	bl	g
	ldr	w0, [x19]
	mov	sp, x29
	ldr	x19, [sp, 16]
	ldp	x29, x30, [sp], 32
	.cfi_restore	30
	.cfi_restore	29
	.cfi_restore	19
	.cfi_def_cfa	31, 0
	ret
	.cfi_endproc
	.size	f, .-f
