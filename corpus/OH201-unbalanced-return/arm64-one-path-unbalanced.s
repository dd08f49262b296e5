// arch: arm64
// rule: OH201
// expect: OH201 f+0x1c
// flags: -O2
// source: clang-19 -O2
// why: the early return restores x29 and x30 by a plain ldp: the write-back is missing

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
	.cfi_remember_state
	cbz	w0, .LBB0_2
	bl	g
	.cfi_def_cfa	wsp, 16
	b	.LBB0_3
.LBB0_2:
	mov	w0, #1
	ldp	x29, x30, [sp]	// planted: no write-back
	.cfi_def_cfa	wsp, 16
	.cfi_restore	w30
	.cfi_restore	w29
	ret
.LBB0_3:
	.cfi_offset	w30, -8
	.cfi_offset	w29, -16
	ldp	x29, x30, [sp], #16
	.cfi_def_cfa_offset	0
	.cfi_restore	w30
	.cfi_restore	w29
	ret
	.cfi_endproc
	.size	f, .-f
