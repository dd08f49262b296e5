// arch: arm64
// rule: OH103
// expect: OH103 f+0x8
// flags: -O2
// why: a second epilogue that no path takes

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	add	w0, w0, w1
	ret
	mov	w0, wzr	// planted: no way in
	ret
	.cfi_endproc
	.size	f, .-f
