// arch: arm64
// expect: silent
// flags: clang-19 -O2
// why: all callee-saved registers are in use
// c: int g(int);
// c: int f(int *p) { int a = p[0], b = p[1], c = p[2], d = p[3], e = p[4], h = p[5], i = p[6], j = p[7], k = p[8];
// c: g(a); return a * b + c * d + e * h + i * j + k * g(b) + a * c * e * i + b * d * h * j; }

	.text
	.globl	f
	.p2align	2
	.type	f,@function
f:
	.cfi_startproc
	stp	x29, x30, [sp, #-96]!
	.cfi_def_cfa_offset 96
	stp	x28, x27, [sp, #16]
	stp	x26, x25, [sp, #32]
	stp	x24, x23, [sp, #48]
	stp	x22, x21, [sp, #64]
	stp	x20, x19, [sp, #80]
	mov	x29, sp
	.cfi_def_cfa w29, 96
	.cfi_offset w19, -8
	.cfi_offset w20, -16
	.cfi_offset w21, -24
	.cfi_offset w22, -32
	.cfi_offset w23, -40
	.cfi_offset w24, -48
	.cfi_offset w25, -56
	.cfi_offset w26, -64
	.cfi_offset w27, -72
	.cfi_offset w28, -80
	.cfi_offset w30, -88
	.cfi_offset w29, -96
	ldp	w19, w20, [x0]
	ldp	w21, w22, [x0, #8]
	ldp	w23, w24, [x0, #16]
	ldp	w25, w26, [x0, #24]
	ldr	w27, [x0, #32]
	mov	w0, w19
	bl	g
	mov	w0, w20
	mul	w28, w20, w19
	bl	g
	mul	w8, w21, w19
	mul	w9, w22, w20
	madd	w10, w22, w21, w28
	madd	w8, w8, w25, w24
	madd	w9, w9, w24, w25
	madd	w8, w8, w23, w10
	madd	w8, w9, w26, w8
	madd	w0, w0, w27, w8
	.cfi_def_cfa wsp, 96
	ldp	x20, x19, [sp, #80]
	ldp	x22, x21, [sp, #64]
	ldp	x24, x23, [sp, #48]
	ldp	x26, x25, [sp, #32]
	ldp	x28, x27, [sp, #16]
	ldp	x29, x30, [sp], #96
	.cfi_def_cfa_offset 0
	.cfi_restore w19
	.cfi_restore w20
	.cfi_restore w21
	.cfi_restore w22
	.cfi_restore w23
	.cfi_restore w24
	.cfi_restore w25
	.cfi_restore w26
	.cfi_restore w27
	.cfi_restore w28
	.cfi_restore w30
	.cfi_restore w29
	ret
	.size	f, .-f
	.cfi_endproc
