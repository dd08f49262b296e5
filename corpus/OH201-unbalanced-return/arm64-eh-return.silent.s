// arch: arm64
// rule: OH201
// expect: silent
// flags: -O2
// why: the end of __builtin_eh_return: the distance to a handler is added to SP when the frame is gone

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	stp	x29, x30, [sp, -16]!
	.cfi_def_cfa_offset 16
	.cfi_offset 29, -16
	.cfi_offset 30, -8
	mov	x29, sp
	mov	x4, x0
	str	x1, [x29, 8]
	ldp	x29, x30, [sp], 16
	.cfi_restore 30
	.cfi_restore 29
	.cfi_def_cfa_offset 0
	add	sp, sp, x4
	ret
	.cfi_endproc
	.size	f, .-f
