// arch: arm64
// rule: OH104
// expect: silent
// flags: -O2
// why: words behind a call that never returns are not reached, whatever they are

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
	cbnz	w0, .L2
	bl	abort
	.inst	0xffffffff
.L2:
	ldp	x29, x30, [sp], 16
	.cfi_restore	30
	.cfi_restore	29
	.cfi_def_cfa_offset	0
	ret
	.cfi_endproc
	.size	f, .-f
