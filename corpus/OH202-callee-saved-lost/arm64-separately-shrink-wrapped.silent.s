// arch: arm64
// rule: OH202
// expect: silent
// flags: -O2
// source: aarch64 gcc-12 -O2
// why: x19 is saved only in the branch that uses it, while the frame stands in both

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
	cbz	x0, .L2
	str	x19, [sp, 16]
	.cfi_offset	19, -16
	mov	x19, x0
	bl	g
	ldr	w1, [x19]
	add	w0, w0, w1
	ldr	x19, [sp, 16]
	.cfi_restore	19
.L2:
	ldp	x29, x30, [sp], 32
	.cfi_restore	30
	.cfi_restore	29
	.cfi_def_cfa_offset	0
	ret
	.cfi_endproc
	.size	f, .-f
