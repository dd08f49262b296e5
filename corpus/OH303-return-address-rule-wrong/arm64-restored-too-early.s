// arch: arm64
// rule: OH303
// expect: OH303 f+0x10
// flags: -O2
// source: aarch64 gcc-12 -O2
// why: the row says that x30 is back one instruction before it is

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
	add	w0, w0, 1
	.cfi_restore	30	// planted: belongs behind the ldp
	ldp	x29, x30, [sp], 16
	.cfi_restore	29
	.cfi_def_cfa_offset	0
	ret
	.cfi_endproc
	.size	f, .-f
