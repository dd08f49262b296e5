// arch: arm64
// rule: OH105
// expect: silent
// flags: -O2
// why: the same load with two registers

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	ldp	x8, x9, [x0]
	add	x0, x8, x9
	ret
	.cfi_endproc
	.size	f, .-f
