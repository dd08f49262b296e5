// arch: arm64
// expect: silent
// flags: clang-19 -O2
// why: arguments are pushed for one call and taken back
// c: int g(int, int, int, int, int, int, int, int, int, int);
// c: int f(int a) { return g(a, 2, 3, 4, 5, 6, 7, 8, 9, a) + g(1, a, 3, 4, 5, 6, 7, 8, a, 10) + a; }

	.text
	.globl	f
	.p2align	2
	.type	f,@function
f:
	.cfi_startproc
	sub	sp, sp, #48
	.cfi_def_cfa_offset 48
	stp	x29, x30, [sp, #16]
	stp	x20, x19, [sp, #32]
	add	x29, sp, #16
	.cfi_def_cfa w29, 32
	.cfi_offset w19, -8
	.cfi_offset w20, -16
	.cfi_offset w30, -24
	.cfi_offset w29, -32
	mov	w8, #9
	mov	w1, #2
	mov	w2, #3
	mov	w3, #4
	mov	w4, #5
	mov	w5, #6
	mov	w6, #7
	mov	w7, #8
	mov	w19, w0
	str	w0, [sp, #8]
	str	w8, [sp]
	bl	g
	mov	w20, w0
	mov	w8, #10
	mov	w0, #1
	mov	w1, w19
	mov	w2, #3
	mov	w3, #4
	mov	w4, #5
	mov	w5, #6
	mov	w6, #7
	mov	w7, #8
	str	w8, [sp, #8]
	str	w19, [sp]
	bl	g
	add	w8, w20, w19
	add	w0, w8, w0
	.cfi_def_cfa wsp, 48
	ldp	x20, x19, [sp, #32]
	ldp	x29, x30, [sp, #16]
	add	sp, sp, #48
	.cfi_def_cfa_offset 0
	.cfi_restore w19
	.cfi_restore w20
	.cfi_restore w30
	.cfi_restore w29
	ret
	.size	f, .-f
	.cfi_endproc
