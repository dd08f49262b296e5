// arch: arm64
// rule: OH302
// expect: OH202 f+0x40
// expect: OH203 f+0x40
// expect: OH302 f+0x14
// expect: OH303 f+0x14
// flags: -O2
// source: the twin of arm64-pointer-over-an-array.silent.s
// why: the pointer stays where it is

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	sub	sp, sp, 64
	.cfi_def_cfa_offset 64
	stp	x19, x30, [sp, 48]
	.cfi_offset 19, -16
	.cfi_offset 30, -8
	mov	w19, w0
	add	x1, sp, 16
	add	x2, x1, x0, lsl 3
.Lloop:
	stp	xzr, xzr, [x1]
	stp	xzr, xzr, [x1, 16]
	stp	xzr, xzr, [x1, 32]	// planted
	add	x3, x3, 32
	cmp	x3, x2
	bne	.Lloop
	mov	x0, sp
	bl	g
	add	w0, w0, w19
	ldp	x19, x30, [sp, 48]
	.cfi_restore 30
	.cfi_restore 19
	add	sp, sp, 64
	.cfi_def_cfa_offset 0
	ret
	.cfi_endproc
	.size	f, .-f
