// arch: arm64
// flags: aarch64-linux-gnu-gcc-12 -O2 -fcall-used-x20
// rule: OH202
// expect: OH202 f+0x8
// expect: OH302 f+0x4
// source: the twin of arm64-call-used.silent.s
// why: the flag is for another register; x19 is the caller's still

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	add	x19, x0, x1
	mov	x0, x19
	ret
	.cfi_endproc
	.size	f, .-f
