// arch: arm64
// rule: OH309
// expect: silent
// flags: -O2
// source: aarch64 gcc-12 -O2
// why: GCC takes all rules back at the instruction that gives the slots up

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
	mov	w19, w0
	bl	g
	add	w0, w0, w19
	ldr	x19, [sp, 16]
	ldp	x29, x30, [sp], 32
	.cfi_restore	30
	.cfi_restore	29
	.cfi_restore	19
	.cfi_def_cfa_offset	0
	ret
	.cfi_endproc
	.size	f, .-f
