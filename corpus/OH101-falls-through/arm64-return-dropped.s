// arch: arm64
// rule: OH101
// expect: suspect OH101 f+0x0
// expect: unproved unreachable-end f
// flags: -O2
// source: aarch64 gcc-12 -O2
// why: the function consists of its result: an optimizing compiler that knew the end to be unreachable would not compute
//   it, unless an empty assembly statement asked for it

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	mul	w0, w0, w1	// planted: no ret behind it
	.cfi_endproc
	.size	f, .-f
