// arch: arm64
// rule: OH303
// expect: OH303 a+0x8
// expect: OH303 b+0x8
// flags: clang-19 -O2 -moutline
// source: clang-19 -O2 -moutline (docs/findings/046)
// why: x30 is kept in x2 around the call of an outlined function, and no row says so

	.text
	.globl	a
	.type	a,%function
a:
	.cfi_startproc
	mov	x2, x30
	bl	OUTLINED_FUNCTION_0
	mov	x30, x2
	cmp	w9, #10
	b.lt	.LBB0_2
	str	w9, [x8]
.LBB0_2:
	mul	w0, w9, w1
	ret
	.size	a, .-a
	.cfi_endproc
	.globl	b
	.type	b,%function
b:
	.cfi_startproc
	mov	x2, x30
	bl	OUTLINED_FUNCTION_0
	mov	x30, x2
	cmp	w9, #8
	b.lt	.LBB1_2
	str	w9, [x8, #16]
.LBB1_2:
	add	w0, w9, w1
	ret
	.size	b, .-b
	.cfi_endproc
	.type	OUTLINED_FUNCTION_0,%function
OUTLINED_FUNCTION_0:
	.cfi_startproc
	adrp	x8, :got:v
	mov	w9, #-11
	ldr	x8, [x8, :got_lo12:v]
	ldp	w11, w14, [x8, #4]
	ldr	w10, [x8, #28]
	ldr	w12, [x8, #12]
	ldr	w13, [x8, #36]
	add	w11, w11, w11, lsl #2
	madd	w10, w10, w1, w11
	add	w11, w14, w12
	madd	w9, w13, w9, w10
	madd	w9, w11, w0, w9
	ret
	.size	OUTLINED_FUNCTION_0, .-OUTLINED_FUNCTION_0
	.cfi_endproc
