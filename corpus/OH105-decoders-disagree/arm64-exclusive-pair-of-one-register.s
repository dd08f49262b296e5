// arch: arm64
// rule: OH105
// expect: OH105 f+0x0
// expect: unproved unmodelled-instruction f
// flags: -O2
// why: an exclusive load of a pair names one register twice: constrained unpredictable (Arm ARM C6.2, LDAXP)

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	.inst	0x887fa008	// planted: ldaxp w8, w8, [x0]
	add	w0, w8, w1
	ret
	.cfi_endproc
	.size	f, .-f
