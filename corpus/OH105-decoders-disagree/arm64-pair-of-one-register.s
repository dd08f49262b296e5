// arch: arm64
// rule: OH105
// expect: OH105 f+0x0
// expect: unproved unmodelled-instruction f
// flags: -O2
// why: a load of a pair names one register twice: constrained unpredictable (Arm ARM C6.2, LDP); LLVM takes it,
//   Capstone does not

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	.inst	0xa9402008	// planted: ldp x8, x8, [x0]
	add	x0, x8, x1
	ret
	.cfi_endproc
	.size	f, .-f
