// arch: arm64
// expect: silent
// flags: clang-19 -Oz
// why: calls of an outlined function with a convention of its own
// c: int g(int, int, int, int);
// c: int h(int);
// c: int a(int x) { h(1); return g(1, 2, 3, 4) + 1; }
// c: int b(int x) { h(2); return g(1, 2, 3, 4) * 7; }
// c: int c(int x) { h(3); return g(1, 2, 3, 4) - 9; }

	.text
	.globl	a
	.p2align	2
	.type	a,@function
a:
	.cfi_startproc
	stp	x29, x30, [sp, #-16]!
	mov	x29, sp
	.cfi_def_cfa w29, 16
	.cfi_offset w30, -8
	.cfi_offset w29, -16
	mov	w0, #1
	bl	h
	bl	OUTLINED_FUNCTION_0
	add	w0, w0, #1
	ldp	x29, x30, [sp], #16
	ret
	.size	a, .-a
	.cfi_endproc
	.globl	b
	.p2align	2
	.type	b,@function
b:
	.cfi_startproc
	stp	x29, x30, [sp, #-16]!
	mov	x29, sp
	.cfi_def_cfa w29, 16
	.cfi_offset w30, -8
	.cfi_offset w29, -16
	mov	w0, #2
	bl	h
	bl	OUTLINED_FUNCTION_0
	lsl	w8, w0, #3
	sub	w0, w8, w0
	ldp	x29, x30, [sp], #16
	ret
	.size	b, .-b
	.cfi_endproc
	.globl	c
	.p2align	2
	.type	c,@function
c:
	.cfi_startproc
	stp	x29, x30, [sp, #-16]!
	mov	x29, sp
	.cfi_def_cfa w29, 16
	.cfi_offset w30, -8
	.cfi_offset w29, -16
	mov	w0, #3
	bl	h
	bl	OUTLINED_FUNCTION_0
	sub	w0, w0, #9
	ldp	x29, x30, [sp], #16
	ret
	.size	c, .-c
	.cfi_endproc
	.p2align	2
	.type	OUTLINED_FUNCTION_0,@function
OUTLINED_FUNCTION_0:
	.cfi_startproc
	mov	w0, #1
	mov	w1, #2
	mov	w2, #3
	mov	w3, #4
	b	g
	.size	OUTLINED_FUNCTION_0, .-OUTLINED_FUNCTION_0
	.cfi_endproc
