// arch: arm64
// rule: OH201
// expect: OH201 f+0x18
// expect: OH301 f+0x18
// flags: -O2
// why: the register that holds the size of the frame is changed before it is added to SP

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	mov	x16, 8208
	sub	sp, sp, x16
	.cfi_def_cfa_offset 8208
	add	x0, sp, 16
	strb	w1, [x0]
	mov	x16, x1
	add	sp, sp, x16
	.cfi_def_cfa_offset 0
	ret
	.cfi_endproc
	.size	f, .-f
