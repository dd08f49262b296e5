// arch: arm64
// rule: OH304
// expect: silent
// flags: -O2 -fno-asynchronous-unwind-tables -fno-unwind-tables
// source: aarch64 gcc-12 -O2
// why: without unwind tables asked for, none are owed

	.text
	.globl	f
	.type	f, %function
f:
	str	x30, [sp, -16]!
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
