// arch: arm64
// rule: OH203
// expect: OH203 f+0x10
// expect: OH303 f+0x10
// flags: -O2 -fsanitize=shadow-call-stack -ffixed-x18
// source: aarch64 gcc-12 -O2 -fsanitize=shadow-call-stack -ffixed-x18
// why: the twin of the case with a shadow stack: nothing was put there, and x30 is not restored

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
	ldr	x29, [sp], 16
	.cfi_restore	30
	.cfi_restore	29
	.cfi_def_cfa_offset	0
	ret
	.cfi_endproc
	.size	f, .-f
