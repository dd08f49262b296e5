// arch: arm64
// expect: silent
// flags: -O2
// why: the end of __builtin_longjmp: SP and FP are loaded from the buffer, and who goes on there expects no register back

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	stp	x29, x30, [sp, -32]!
	.cfi_def_cfa_offset 32
	.cfi_offset 29, -32
	.cfi_offset 30, -24
	mov	x29, sp
	str	x19, [sp, 16]
	.cfi_offset 19, -16
	mov	x19, x0
	mov	w0, 1
	bl	g
	ldp	x1, x0, [x19]
	ldr	x2, [x19, 16]
	mov	sp, x2
	mov	x29, x1
	br	x0
	.cfi_endproc
	.size	f, .-f
