// arch: arm64
// rule: OH104
// expect: silent
// flags: -O2
// why: udf is permanently undefined by the architecture: a trap, not a failure to decode

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	cbnz	w0, .L2
	udf	#0
.L2:
	mov	w0, 7
	ret
	.cfi_endproc
	.size	f, .-f
