// arch: arm64
// expect: silent
// flags: clang-19 -O3
// why: a vectorised loop; the scalar tail is shared
// c: void f(float *a, const float *b, int n) { for (int i = 0; i < n; i++) a[i] = a[i] * b[i] + 1.0f; }

	.text
	.globl	f
	.p2align	2
	.type	f,@function
f:
	.cfi_startproc
	cmp	w2, #1
	b.lt	.LBB0_7
	cmp	w2, #7
	mov	w8, w2
	b.ls	.LBB0_4
	lsl	x9, x8, #2
	add	x10, x1, x9
	cmp	x10, x0
	b.ls	.LBB0_8
	add	x9, x0, x9
	cmp	x9, x1
	b.ls	.LBB0_8
.LBB0_4:
	mov	x9, xzr
.LBB0_5:
	lsl	x11, x9, #2
	fmov	s0, #1.00000000
	sub	x8, x8, x9
	add	x10, x1, x11
	add	x11, x0, x11
.LBB0_6:
	ldr	s1, [x11]
	ldr	s2, [x10], #4
	subs	x8, x8, #1
	fmadd	s1, s1, s2, s0
	str	s1, [x11], #4
	b.ne	.LBB0_6
.LBB0_7:
	ret
.LBB0_8:
	fmov	v0.4s, #1.00000000
	and	x9, x8, #0x7ffffff8
	add	x10, x0, #16
	add	x11, x1, #16
	mov	x12, x9
.LBB0_9:
	ldp	q1, q4, [x11, #-16]
	mov	v5.16b, v0.16b
	ldp	q2, q3, [x10, #-16]
	mov	v6.16b, v0.16b
	subs	x12, x12, #8
	add	x11, x11, #32
	fmla	v5.4s, v1.4s, v2.4s
	fmla	v6.4s, v4.4s, v3.4s
	stp	q5, q6, [x10, #-16]
	add	x10, x10, #32
	b.ne	.LBB0_9
	cmp	x9, x8
	b.ne	.LBB0_5
	b	.LBB0_7
	.size	f, .-f
	.cfi_endproc
