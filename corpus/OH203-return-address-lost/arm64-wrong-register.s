// arch: arm64
// rule: OH203
// expect: OH203 f+0x4
// flags: -O2
// why: ret through x1 does not go where x30 says

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	add	w0, w0, w1
	ret	x1	// planted
	.cfi_endproc
	.size	f, .-f
