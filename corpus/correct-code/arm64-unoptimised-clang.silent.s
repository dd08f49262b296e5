// arch: arm64
// expect: silent
// flags: clang-19 -O0
// why: every value lives in the frame
// c: int g(int);
// c: int f(int a, int b) { int x = g(a); return x + g(b) + a; }

	.text
	.globl	f
	.p2align	2
	.type	f,@function
f:
	.cfi_startproc
	sub	sp, sp, #32
	.cfi_def_cfa_offset 32
	stp	x29, x30, [sp, #16]
	add	x29, sp, #16
	.cfi_def_cfa w29, 16
	.cfi_offset w30, -8
	.cfi_offset w29, -16
	stur	w0, [x29, #-4]
	str	w1, [sp, #8]
	ldur	w0, [x29, #-4]
	bl	g
	str	w0, [sp, #4]
	ldr	w8, [sp, #4]
	str	w8, [sp]
	ldr	w0, [sp, #8]
	bl	g
	ldr	w8, [sp]
	add	w8, w8, w0
	ldur	w9, [x29, #-4]
	add	w0, w8, w9
	.cfi_def_cfa wsp, 32
	ldp	x29, x30, [sp, #16]
	add	sp, sp, #32
	.cfi_def_cfa_offset 0
	.cfi_restore w30
	.cfi_restore w29
	ret
	.size	f, .-f
	.cfi_endproc
