// arch: arm64
// rule: OH201
// expect: silent
// flags: -O2
// source: aarch64 gcc-12 -O2
// why: the frame size does not fit an immediate and is held in x12

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	mov	x12, 20032
	sub	sp, sp, x12
	.cfi_def_cfa_offset	20032
	stp	x29, x30, [sp]
	.cfi_offset	29, -20032
	.cfi_offset	30, -20024
	mov	x29, sp
	add	x0, sp, 32
	bl	g
	ldp	x29, x30, [sp]
	mov	x12, 20032
	add	sp, sp, x12
	.cfi_restore	29
	.cfi_restore	30
	.cfi_def_cfa_offset	0
	ret
	.cfi_endproc
	.size	f, .-f
