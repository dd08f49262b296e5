// arch: arm64
// rule: OH202
// expect: OH202 f+0x20
// expect: OH302 f+0x14
// flags: -O2
// source: aarch64 gcc-12 -O2
// why: a spill goes to the slot that holds the caller's x19: the epilogue restores the spilled value, and so does an
//   unwinder

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
	mov	x19, x1
	str	x0, [sp, 16]	// planted: the slot of x19
	bl	g
	ldr	x19, [sp, 16]
	ldp	x29, x30, [sp], 32
	.cfi_restore	30
	.cfi_restore	29
	.cfi_restore	19
	.cfi_def_cfa_offset	0
	ret
	.cfi_endproc
	.size	f, .-f
