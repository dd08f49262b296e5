// arch: arm64
// rule: OH304
// expect: OH304 f+0xc
// flags: -O2
// source: aarch64 gcc-12 -O2
// why: .cfi_endproc stands before the epilogue

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
	.cfi_endproc
	ldp	x29, x30, [sp], 16	// planted: not covered from here
	ret
	.size	f, .-f
