// arch: arm64
// rule: OH204
// expect: OH204 f+0xc
// flags: -O2
// source: aarch64 gcc-12 -O2
// why: the tail call happens with 16 bytes of locals still on the stack

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	sub	sp, sp, #16
	.cfi_def_cfa_offset	16
	str	w0, [sp, 12]
	ldr	w0, [sp, 12]
	b	t	// planted: add sp, sp, 16 stood before it
	.cfi_endproc
	.size	f, .-f
