// arch: arm64
// rule: OH301
// expect: OH301 f+0xc
// flags: -O0
// source: clang-19 -O0
// why: x29 points 16 bytes above SP, and the row takes it for SP: the CFA is x29+16, not x29+32

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	sub	sp, sp, #32
	.cfi_def_cfa_offset	32
	stp	x29, x30, [sp, #16]
	add	x29, sp, #16
	.cfi_def_cfa	w29, 32	// planted: 16
	.cfi_offset	w30, -8
	.cfi_offset	w29, -16
	stur	w0, [x29, #-4]
	bl	g
	ldur	w8, [x29, #-4]
	add	w0, w0, w8
	.cfi_def_cfa	wsp, 32
	ldp	x29, x30, [sp, #16]
	add	sp, sp, #32
	.cfi_def_cfa_offset	0
	.cfi_restore	w30
	.cfi_restore	w29
	ret
	.cfi_endproc
	.size	f, .-f
