// arch: arm64
// rule: OH204
// expect: silent
// flags: -O2
// source: aarch64 gcc-12 -O2
// why: a call through a pointer in tail position, after the epilogue

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	stp	x29, x30, [sp, -32]!
	.cfi_def_cfa_offset	32
	.cfi_offset	29, -32
	.cfi_offset	30, -24
	mov	x29, sp
	str	x19, [sp, 16]
	.cfi_offset	19, -16
	mov	x19, x0
	bl	g
	ldr	x1, [x19, 8]
	ldr	x19, [sp, 16]
	mov	x16, x1
	ldp	x29, x30, [sp], 32
	.cfi_restore	30
	.cfi_restore	29
	.cfi_restore	19
	.cfi_def_cfa_offset	0
	br	x16
	.cfi_endproc
	.size	f, .-f
