// arch: arm64
// rule: OH301
// expect: OH301 f+0x18
// flags: -O2
// source: aarch64 gcc-12 -O2
// why: behind the first epilogue the row still says that the frame is gone: .cfi_restore_state is missing

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
	.cfi_restore	30
	.cfi_restore	29
	.cfi_def_cfa_offset	0
	ret
.L5:
	bl	h	// planted: the row of the epilogue is still in force
	ldp	x29, x30, [sp], 16
	ret
	.cfi_endproc
	.size	f, .-f
