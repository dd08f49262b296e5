// arch: arm64
// rule: OH304
// expect: OH304 OUTLINED_FUNCTION_0+0x0
// flags: clang-14 -O2 -moutline -fasynchronous-unwind-tables
// source: clang-14 -O2 -moutline, shortened (docs/findings/050)
// why: the outliner's function has no unwind entry, though tables were asked for

	.text
	.globl	a
	.type	a, %function
a:
	.cfi_startproc
	stp	x29, x30, [sp, #-16]!
	.cfi_def_cfa_offset 16
	.cfi_offset w30, -8
	.cfi_offset w29, -16
	bl	OUTLINED_FUNCTION_0
	add	w0, w0, w1
	ldp	x29, x30, [sp], #16
	.cfi_def_cfa_offset 0
	.cfi_restore w30
	.cfi_restore w29
	ret
	.cfi_endproc
	.size	a, .-a

	.type	OUTLINED_FUNCTION_0, %function
OUTLINED_FUNCTION_0:
	ldr	w9, [x2]
	madd	w1, w9, w1, w0
	ret
	.size	OUTLINED_FUNCTION_0, .-OUTLINED_FUNCTION_0
