// arch: arm64
// expect: silent
// flags: aarch64 gcc-12 -O3
// why: a vectorised loop; the scalar tail is shared
// c: void f(float *a, const float *b, int n) { for (int i = 0; i < n; i++) a[i] = a[i] * b[i] + 1.0f; }

	.text
	.align	2
	.p2align 4,,11
	.global	f
	.type	f, %function
f:
	.cfi_startproc
	cmp	w2, 0
	ble	.L1
	sub	w3, w2, #1
	cmp	w3, 2
	bls	.L3
	add	x3, x1, 4
	sub	x3, x0, x3
	cmp	x3, 8
	bhi	.L11
.L3:
	sbfiz	x3, x2, 2, 32
	fmov	s2, 1.0e+0
	mov	x2, 0
	.p2align 3,,7
.L6:
	ldr	s0, [x0, x2]
	ldr	s1, [x1, x2]
	fmadd	s0, s0, s1, s2
	str	s0, [x0, x2]
	add	x2, x2, 4
	cmp	x2, x3
	bne	.L6
.L1:
	ret
	.p2align 2,,3
.L11:
	lsr	w4, w2, 2
	mov	x3, 0
	fmov	v3.4s, 1.0e+0
	lsl	x4, x4, 4
	.p2align 3,,7
.L4:
	ldr	q2, [x0, x3]
	ldr	q1, [x1, x3]
	mov	v0.16b, v3.16b
	fmla	v0.4s, v2.4s, v1.4s
	str	q0, [x0, x3]
	add	x3, x3, 16
	cmp	x3, x4
	bne	.L4
	and	w3, w2, -4
	tst	x2, 3
	beq	.L1
	uxtw	x5, w3
	add	w6, w3, 1
	lsl	x4, x5, 2
	ldr	s0, [x0, x5, lsl 2]
	ldr	s1, [x1, x5, lsl 2]
	fmadd	s0, s0, s1, s3
	str	s0, [x0, x5, lsl 2]
	cmp	w2, w6
	ble	.L1
	add	x5, x4, 4
	add	w3, w3, 2
	ldr	s0, [x0, x5]
	ldr	s1, [x1, x5]
	fmadd	s0, s0, s1, s3
	str	s0, [x0, x5]
	cmp	w2, w3
	ble	.L1
	add	x2, x4, 8
	ldr	s1, [x0, x2]
	ldr	s0, [x1, x2]
	fmadd	s3, s1, s0, s3
	str	s3, [x0, x2]
	ret
	.cfi_endproc
	.size	f, .-f
