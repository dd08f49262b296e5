// arch: arm64
// rule: OH301
// expect: silent
// flags: -O2
// source: aarch64 gcc-12 -O2
// why: two epilogues; the row of the frame is remembered before the first and restored behind it

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	stp	x29, x30, [sp, -16]!
	.cfi_def_cfa_offset	16
	.cfi_offset	29, -16
	.cfi_offset	30, -8
	mov	x29, sp
	bl	g
	tbnz	w0, #31, .L5
	ldp	x29, x30, [sp], 16
	.cfi_remember_state
	.cfi_restore	30
	.cfi_restore	29
	.cfi_def_cfa_offset	0
	ret
.L5:
	.cfi_restore_state
	bl	h
	ldp	x29, x30, [sp], 16
	.cfi_restore	30
	.cfi_restore	29
	.cfi_def_cfa_offset	0
	ret
	.cfi_endproc
	.size	f, .-f
