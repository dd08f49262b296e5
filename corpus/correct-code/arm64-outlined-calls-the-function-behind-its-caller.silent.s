// arch: arm64
// expect: silent
// flags: clang-19 -Oz
// why: an outlined function goes on to a static function that stands right behind its caller: in the copy that is
// followed in the caller, the jump does not lead to the caller's end
// source: clang-19 -Oz, Csmith, shortened

	.text
	.globl	f
	.p2align	2
	.type	f,@function
f:
	.cfi_startproc
	stp	x29, x30, [sp, #-32]!
	.cfi_def_cfa_offset 32
	str	x19, [sp, #16]
	mov	x29, sp
	.cfi_def_cfa w29, 32
	.cfi_offset w19, -16
	.cfi_offset w30, -24
	.cfi_offset w29, -32
	mov	w19, w0
	bl	OUTLINED_FUNCTION_0
	mov	w0, w19
	bl	OUTLINED_FUNCTION_0
	.cfi_def_cfa wsp, 32
	ldr	x19, [sp, #16]
	ldp	x29, x30, [sp], #32
	.cfi_def_cfa_offset 0
	.cfi_restore w19
	.cfi_restore w30
	.cfi_restore w29
	ret
	.size	f, .-f
	.cfi_endproc
	.p2align	2
	.type	g,@function
g:
	.cfi_startproc
	add	w0, w0, w1
	ret
	.size	g, .-g
	.cfi_endproc
	.p2align	2
	.type	OUTLINED_FUNCTION_0,@function
OUTLINED_FUNCTION_0:
	.cfi_startproc
	mov	w1, w19
	b	g
	.size	OUTLINED_FUNCTION_0, .-OUTLINED_FUNCTION_0
	.cfi_endproc
