// arch: arm64
// rule: OH204
// expect: silent
// flags: -Os
// why: a tail call of the function that starts right behind, which the assembler resolves; the frame is gone

	.text
	.type	f, %function
	.globl	f
f:
	.cfi_startproc
	str	x30, [sp, -16]!
	.cfi_def_cfa_offset 16
	.cfi_offset 30, -16
	bl	h
	ldr	x30, [sp], 16
	.cfi_restore 30
	.cfi_def_cfa_offset 0
	b	1f
	.cfi_endproc
	.size	f, .-f
	.type	g, %function
g:
1:
	.cfi_startproc
	add	w0, w0, 1
	ret
	.cfi_endproc
	.size	g, .-g
