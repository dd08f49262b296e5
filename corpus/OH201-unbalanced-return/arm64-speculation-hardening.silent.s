// arch: arm64
// rule: OH201
// expect: silent
// flags: aarch64-linux-gnu-gcc-12 -O1 -mtrack-speculation
// source: gcc-12 -O1 -mtrack-speculation, reduced
// why: SP is masked by all bits, or by none if the CPU has mispredicted a branch

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	cmp	sp, #0
	csetm	x15, ne
	stp	x29, x30, [sp, #-32]!
	.cfi_def_cfa_offset 32
	.cfi_offset 29, -32
	.cfi_offset 30, -24
	mov	x29, sp
	str	x19, [sp, #16]
	.cfi_offset 19, -16
	mov	w19, w0
	cmp	w0, #0
	b.eq	.Lzero
	csel	x15, x15, xzr, ne
	mov	x14, sp
	and	x14, x14, x15
	mov	sp, x14
	bl	g
	cmp	sp, #0
	csetm	x15, ne
	add	w0, w0, w19
.Lout:
	ldr	x19, [sp, #16]
	ldp	x29, x30, [sp], #32
	.cfi_remember_state
	.cfi_restore 30
	.cfi_restore 29
	.cfi_restore 19
	.cfi_def_cfa_offset 0
	mov	x14, sp
	and	x14, x14, x15
	mov	sp, x14
	ret
.Lzero:
	.cfi_restore_state
	csel	x15, x15, xzr, eq
	mov	w0, #3
	b	.Lout
	.cfi_endproc
	.size	f, .-f
