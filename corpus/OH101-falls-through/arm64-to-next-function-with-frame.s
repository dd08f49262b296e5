// arch: arm64
// rule: OH101
// expect: suspect OH101 f+0x8
// expect: unproved unreachable-end f
// flags: -Os
// why: a jump to where the next function starts, with the frame in place: to code marked unreachable, or a wrong tail call

	.text
	.type	f, %function
	.globl	f
f:
	.cfi_startproc
	str	x30, [sp, -16]!
	.cfi_def_cfa_offset 16
	.cfi_offset 30, -16
	bl	h
	b	1f
	.cfi_endproc
	.size	f, .-f
	.type	g, %function
g:
1:
	.cfi_startproc
	add	w0, w0, 1
	ret
	.cfi_endproc
	.size	g, .-g
