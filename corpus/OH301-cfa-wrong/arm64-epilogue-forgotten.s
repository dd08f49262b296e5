// arch: arm64
// rule: OH301
// expect: OH301 f+0x20
// flags: -O2
// source: clang-19 -O2
// why: behind the post-indexed ldp the frame is gone and x29 is the caller's; the row still computes the CFA from it

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
	ldr	x19, [sp, #16]
	.cfi_restore	w19
	ldp	x29, x30, [sp], #32
	ret	// planted: no row behind the epilogue
	.cfi_endproc
	.size	f, .-f
