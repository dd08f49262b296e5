// arch: arm64
// rule: OH104
// expect: OH104 f+0x4
// flags: -O2
// why: a word in unallocated encoding space (Arm ARM C4.1)

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	cbnz	w0, .L2
	.inst	0xffffffff	// planted
	mov	w0, 0
	ret
.L2:
	mov	w0, 7
	ret
	.cfi_endproc
	.size	f, .-f
