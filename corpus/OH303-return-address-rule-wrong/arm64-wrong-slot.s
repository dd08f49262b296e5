// arch: arm64
// rule: OH303
// expect: OH303 f+0xc
// flags: -O2
// why: x30 lies at CFA-8; the row says CFA-24, where x19 is

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	stp	x19, x29, [sp, #-32]!
	.cfi_def_cfa_offset	32
	str	x30, [sp, #24]
	mov	x29, sp
	.cfi_def_cfa	w29, 32
	.cfi_offset	w19, -32
	.cfi_offset	w29, -24
	.cfi_offset	w30, -24	// planted: -8
	mov	w19, w0
	bl	g
	add	w0, w0, w19
	.cfi_def_cfa	wsp, 32
	ldr	x30, [sp, #24]
	.cfi_restore	w30
	ldp	x19, x29, [sp], #32
	.cfi_def_cfa_offset	0
	.cfi_restore	w19
	.cfi_restore	w29
	ret
	.cfi_endproc
	.size	f, .-f
