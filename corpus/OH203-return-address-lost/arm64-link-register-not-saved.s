// arch: arm64
// rule: OH203
// expect: OH203 f+0xc
// expect: OH303 f+0x8
// flags: -O2
// source: clang-19 -O2
// why: bl overwrites x30, and the function was laid out as a leaf that does not save it (AAPCS64 6.1.1)

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	mov	w8, w0
	bl	g	// planted: x30 is lost here
	add	w0, w0, #1
	ret
	.cfi_endproc
	.size	f, .-f
