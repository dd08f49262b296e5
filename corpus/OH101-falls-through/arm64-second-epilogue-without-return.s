// arch: arm64
// rule: OH101
// expect: OH101 f+0x24
// flags: -O2
// source: clang-19 -O2
// why: of two epilogues the second, last in the section, lost its ret

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
	ldp	x29, x30, [sp], #16
	.cfi_def_cfa_offset	0
	.cfi_restore	w30
	.cfi_restore	w29
	ret
.LBB0_2:
	.cfi_restore_state
	mov	w0, #5
	bl	h
	.cfi_def_cfa	wsp, 16
	add	w0, w0, #1
	ldp	x29, x30, [sp], #16	// planted: no ret behind it
	.cfi_def_cfa_offset	0
	.cfi_restore	w30
	.cfi_restore	w29
	.cfi_endproc
	.size	f, .-f
