// arch: arm64
// rule: OH205
// expect: OH205 f+0x8
// expect: OH205 f+0x10
// flags: -O2
// source: aarch64 gcc-12 -O2
// why: one branch moves SP and the other does not; behind the join neither the row nor the epilogue can be right for
//   both

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	cbz	w0, .L2
	sub	sp, sp, #16	// planted: only on this path
.L2:
	.cfi_def_cfa_offset	16
	str	w0, [sp, 12]
	add	sp, sp, 16
	.cfi_def_cfa_offset	0
	ret
	.cfi_endproc
	.size	f, .-f
