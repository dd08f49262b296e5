// arch: arm64
// rule: OH203
// expect: suspect OH203 f+0x18
// expect: suspect OH303 f+0x14
// expect: unproved nonstandard-frame f
// flags: -O2 -fsanitize=shadow-call-stack -ffixed-x18
// source: aarch64 gcc-12 -O2 -fsanitize=shadow-call-stack -ffixed-x18
// why: the return address comes from the shadow stack, whose contents are not modelled

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	str	x30, [x18], 8
	stp	x29, x30, [sp, -16]!
	.cfi_def_cfa_offset	16
	.cfi_offset	29, -16
	.cfi_offset	30, -8
	mov	x29, sp
	bl	g
	ldr	x29, [sp], 16
	.cfi_restore	30
	.cfi_restore	29
	.cfi_def_cfa_offset	0
	ldr	x30, [x18, -8]!
	ret
	.cfi_endproc
	.size	f, .-f
