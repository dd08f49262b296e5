// arch: arm64
// rule: OH301
// expect: OH301 f+0x40
// flags: clang-19 -O2 -mspeculative-load-hardening
// source: clang-19 -O2 -mspeculative-load-hardening (docs/findings/058)
// why: the masks of the reloaded registers stand in front of the row that says that the frame is gone

	.text
	.globl	f
	.type	f,%function
f:
	.cfi_startproc
	cmp	sp, #0
	csetm	x16, ne
	stp	x29, x30, [sp, #-32]!
	.cfi_def_cfa_offset 32
	str	x19, [sp, #16]
	mov	x29, sp
	.cfi_def_cfa w29, 32
	.cfi_offset w19, -16
	.cfi_offset w30, -24
	.cfi_offset w29, -32
	mov	x1, sp
	mov	w19, w0
	and	x1, x1, x16
	mov	sp, x1
	bl	g
	cmp	sp, #0
	csetm	x16, ne
	add	w0, w0, w19
	.cfi_def_cfa wsp, 32
	ldr	x19, [sp, #16]
	and	x19, x19, x16
	ldp	x29, x30, [sp], #32
	and	x29, x29, x16
	and	x30, x30, x16
	.cfi_def_cfa_offset 0
	.cfi_restore w19
	.cfi_restore w30
	.cfi_restore w29
	mov	x1, sp
	and	x1, x1, x16
	mov	sp, x1
	csdb
	ret
	.size	f, .-f
	.cfi_endproc
