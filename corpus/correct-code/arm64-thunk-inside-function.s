// arch: arm64
// expect: advice OH103 f+0x1c
// flags: -O2 -mharden-sls=all
// why: a call of a jump through a register that stands in the function itself (GCC manual, -mharden-sls=blr) is an indirect
// call; what follows is an ordinary epilogue

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	stp	x29, x30, [sp, -16]!
	.cfi_def_cfa_offset 16
	.cfi_offset 29, -16
	.cfi_offset 30, -8
	mov	x2, x0
	mov	w0, w1
	bl	1f
	add	w0, w0, 1
	ldp	x29, x30, [sp], 16
	.cfi_restore 30
	.cfi_restore 29
	.cfi_def_cfa_offset 0
	ret
	dsb	sy
	isb
1:	mov	x16, x2
	br	x16
	dsb	sy
	isb
	.cfi_endproc
	.size	f, .-f
