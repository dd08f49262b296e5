// arch: arm64
// rule: OH207
// expect: silent
// flags: -O2
// source: aarch64 gcc-12 -O2 -fstack-check
// why: a probe only writes below SP

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	str	xzr, [sp, -256]
	mov	w0, 1
	ret
	.cfi_endproc
	.size	f, .-f
