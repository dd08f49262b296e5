// arch: arm64
// rule: OH301
// expect: OH301 OUTLINED_FUNCTION_0+0x0
// expect: OH309 OUTLINED_FUNCTION_0+0x10
// flags: clang-19 -O2 -moutline
// source: clang-19, shortened: docs/findings/005
// why: the row of the first instruction describes what only that instruction does; and behind the last load its row still names the slot

	.text
	.type	OUTLINED_FUNCTION_0, %function
OUTLINED_FUNCTION_0:
	.cfi_startproc
	.cfi_def_cfa_offset 16
	.cfi_offset w30, -16
	str	x30, [sp, #-16]!
	mov	x1, x21
	bl	g
	ldr	x30, [sp], #16
	.cfi_def_cfa_offset 0
	ret
	.cfi_endproc
	.size	OUTLINED_FUNCTION_0, .-OUTLINED_FUNCTION_0

	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	stp	x30, x21, [sp, #-16]!
	.cfi_def_cfa_offset 16
	.cfi_offset w30, -16
	.cfi_offset w21, -8
	bl	OUTLINED_FUNCTION_0
	ldp	x30, x21, [sp], #16
	.cfi_def_cfa_offset 0
	.cfi_restore w30
	.cfi_restore w21
	ret
	.cfi_endproc
	.size	f, .-f
