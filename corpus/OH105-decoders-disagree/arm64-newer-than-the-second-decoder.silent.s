// arch: arm64
// rule: OH105
// expect: silent
// flags: -O2
// why: an atomic instruction of Armv8.1, which Capstone 4 does not know: a known gap and not a finding

	.arch	armv8.1-a
	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	casal	w1, w2, [x0]
	mov	w0, w1
	ret
	.cfi_endproc
	.size	f, .-f
