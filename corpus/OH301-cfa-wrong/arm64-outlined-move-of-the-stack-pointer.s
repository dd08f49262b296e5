// arch: arm64
// rule: OH301
// expect: OH301 OUTLINED_FUNCTION_0+0x18
// flags: -O1 -moutline
// source: clang-19 --target=aarch64-linux-gnu -O1 -moutline; see docs/findings/041
// why: the helper has the instruction that makes room for the array, and its row goes on computing the CFA as SP

	.text
	.globl	a
	.type	a, %function
a:
	.cfi_startproc
	stp	x29, x30, [sp, #-32]!
	.cfi_def_cfa_offset 32
	str	x19, [sp, #16]
	mov	x29, sp
	.cfi_def_cfa w29, 32
	.cfi_offset w19, -16
	.cfi_offset w30, -24
	.cfi_offset w29, -32
	bl	OUTLINED_FUNCTION_0
	ldrb	w0, [x19, #1]
	mov	sp, x29
	.cfi_def_cfa wsp, 32
	ldr	x19, [sp, #16]
	ldp	x29, x30, [sp], #32
	.cfi_def_cfa_offset 0
	.cfi_restore w19
	.cfi_restore w30
	.cfi_restore w29
	ret
	.cfi_endproc
	.size	a, .-a

	.type	OUTLINED_FUNCTION_0, %function
OUTLINED_FUNCTION_0:
	.cfi_startproc
	add	x10, x1, #15
	mov	x9, sp
	mov	x8, x0
	and	x10, x10, #0xfffffffffffffff0
	sub	x19, x9, x10
	mov	sp, x19
	mov	x0, x19
	mov	x1, x8
	b	use
	.cfi_endproc
	.size	OUTLINED_FUNCTION_0, .-OUTLINED_FUNCTION_0
