// arch: arm64
// rule: OH304
// expect: OH304 f+0x0
// flags: -O2
// source: aarch64 gcc-12 -O2
// why: the file has unwind tables for next and none for f

	.text
	.globl	f
	.type	f, %function
f:
	str	x30, [sp, -16]!	// planted: .cfi_startproc is missing
	bl	g
	ldr	x30, [sp], 16
	ret
	.size	f, .-f
	.text
	.globl	next
	.type	next, %function
next:
	.cfi_startproc
	mov	w0, 1
	ret
	.cfi_endproc
	.size	next, .-next
