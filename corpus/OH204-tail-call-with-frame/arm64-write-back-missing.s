// arch: arm64
// rule: OH204
// expect: OH204 f+0x10
// flags: -O2
// source: aarch64 gcc-12 -O2
// why: x29 and x30 are back, SP is not

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
	ldp	x29, x30, [sp]	// planted: no write-back
	.cfi_restore	30
	.cfi_restore	29
	b	t
	.cfi_endproc
	.size	f, .-f
