// arch: arm64
// rule: OH203
// expect: OH203 f+0x18
// expect: OH202 f+0x18
// expect: OH309 f+0x18
// flags: -O2
// source: aarch64 gcc-12 -O2
// why: the pair is loaded in the wrong order: ret goes to the caller's frame pointer

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
	bl	g
	add	w0, w0, 1
	ldp	x30, x29, [sp]	// planted: stored as x29, x30
	add	sp, sp, 32
	.cfi_def_cfa_offset	0
	ret
	.cfi_endproc
	.size	f, .-f
