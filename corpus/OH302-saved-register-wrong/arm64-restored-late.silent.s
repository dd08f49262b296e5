// arch: arm64
// rule: OH302
// expect: silent
// flags: -O2
// source: aarch64 gcc-12 -O2
// why: GCC restores all rows behind the last load: the slots hold the values until then

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	stp	x29, x30, [sp, -48]!
	.cfi_def_cfa_offset	48
	.cfi_offset	29, -48
	.cfi_offset	30, -40
	mov	x29, sp
	stp	d8, d9, [sp, 16]
	.cfi_offset	72, -32
	.cfi_offset	73, -24
	fmov	d8, d0
	str	d10, [sp, 32]
	.cfi_offset	74, -16
	fmov	d10, d1
	bl	g
	fmov	d9, d0
	fmov	d0, d10
	bl	g
	fmadd	d0, d0, d9, d8
	ldp	d8, d9, [sp, 16]
	ldr	d10, [sp, 32]
	ldp	x29, x30, [sp], 48
	.cfi_restore	30
	.cfi_restore	29
	.cfi_restore	74
	.cfi_restore	72
	.cfi_restore	73
	.cfi_def_cfa_offset	0
	ret
	.cfi_endproc
	.size	f, .-f
