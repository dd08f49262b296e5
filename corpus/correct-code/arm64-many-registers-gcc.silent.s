// arch: arm64
// expect: silent
// flags: aarch64 gcc-12 -O2
// why: all callee-saved registers are in use
// c: int g(int);
// c: int f(int *p) { int a = p[0], b = p[1], c = p[2], d = p[3], e = p[4], h = p[5], i = p[6], j = p[7], k = p[8];
// c: g(a); return a * b + c * d + e * h + i * j + k * g(b) + a * c * e * i + b * d * h * j; }

	.text
	.align	2
	.p2align 4,,11
	.global	f
	.type	f, %function
f:
	.cfi_startproc
	stp	x29, x30, [sp, -96]!
	.cfi_def_cfa_offset 96
	.cfi_offset 29, -96
	.cfi_offset 30, -88
	mov	x29, sp
	stp	x25, x26, [sp, 64]
	stp	x27, x28, [sp, 80]
	.cfi_offset 25, -32
	.cfi_offset 26, -24
	.cfi_offset 27, -16
	.cfi_offset 28, -8
	ldr	w28, [x0, 32]
	ldp	w27, w26, [x0, 8]
	stp	x19, x20, [sp, 16]
	.cfi_offset 19, -80
	.cfi_offset 20, -72
	ldp	w19, w20, [x0]
	stp	x21, x22, [sp, 32]
	.cfi_offset 21, -64
	.cfi_offset 22, -56
	mul	w21, w27, w26
	stp	x23, x24, [sp, 48]
	.cfi_offset 23, -48
	.cfi_offset 24, -40
	madd	w21, w19, w20, w21
	ldp	w25, w24, [x0, 16]
	ldp	w23, w22, [x0, 24]
	mov	w0, w19
	mul	w19, w19, w27
	bl	g
	mov	w0, w20
	mul	w20, w20, w26
	madd	w21, w25, w24, w21
	bl	g
	madd	w21, w23, w22, w21
	mul	w19, w19, w25
	mul	w20, w20, w24
	madd	w0, w0, w28, w21
	ldp	x25, x26, [sp, 64]
	madd	w0, w19, w23, w0
	ldp	x23, x24, [sp, 48]
	madd	w0, w20, w22, w0
	ldp	x19, x20, [sp, 16]
	ldp	x21, x22, [sp, 32]
	ldp	x27, x28, [sp, 80]
	ldp	x29, x30, [sp], 96
	.cfi_restore 30
	.cfi_restore 29
	.cfi_restore 27
	.cfi_restore 28
	.cfi_restore 25
	.cfi_restore 26
	.cfi_restore 23
	.cfi_restore 24
	.cfi_restore 21
	.cfi_restore 22
	.cfi_restore 19
	.cfi_restore 20
	.cfi_def_cfa_offset 0
	ret
	.cfi_endproc
	.size	f, .-f
