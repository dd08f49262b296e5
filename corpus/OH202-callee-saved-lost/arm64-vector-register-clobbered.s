// arch: arm64
// rule: OH202
// expect: OH202 f+0x18
// flags: -O2
// source: clang-19 -O2
// why: the low 64 bits of v8 belong to the caller (AAPCS64 6.1.2), and the prologue does not save d8; the row says
//   that it is lost

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	stp	x29, x30, [sp, #-16]!
	.cfi_def_cfa_offset	16
	mov	x29, sp
	.cfi_def_cfa	w29, 16
	.cfi_offset	w30, -8
	.cfi_offset	w29, -16
	.cfi_undefined	72
	fmov	d8, d0	// planted: never saved
	bl	g
	fadd	d0, d0, d8
	.cfi_def_cfa	wsp, 16
	ldp	x29, x30, [sp], #16
	.cfi_def_cfa_offset	0
	.cfi_restore	w30
	.cfi_restore	w29
	ret
	.cfi_endproc
	.size	f, .-f
