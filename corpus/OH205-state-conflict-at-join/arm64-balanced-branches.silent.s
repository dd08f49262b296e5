// arch: arm64
// rule: OH205
// expect: silent
// flags: -O2
// source: clang-19 -O2 -fomit-frame-pointer, reduced
// why: both branches give back what they took before they meet

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	stp	x29, x30, [sp, #-16]!
	.cfi_def_cfa_offset	16
	.cfi_offset	w30, -8
	.cfi_offset	w29, -16
	cbz	w0, .LBB0_2
	sub	sp, sp, #16
	.cfi_adjust_cfa_offset	16
	str	w1, [sp]
	bl	g
	add	sp, sp, #16
	.cfi_adjust_cfa_offset	-16
	b	.LBB0_3
.LBB0_2:
	bl	h
.LBB0_3:
	ldp	x29, x30, [sp], #16
	.cfi_def_cfa_offset	0
	.cfi_restore	w30
	.cfi_restore	w29
	ret
	.cfi_endproc
	.size	f, .-f
