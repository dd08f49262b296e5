// arch: arm64
// expect: silent
// flags: clang-19 -O2
// why: SP moves by an amount known only at run time, twice
// c: void g(char *, char *);
// c: int f(int n, int m) { char *p = __builtin_alloca(n); char *q = __builtin_alloca(m); g(p, q); return p[0] +
// c: q[0]; }

	.text
	.globl	f
	.p2align	2
	.type	f,@function
f:
	.cfi_startproc
	stp	x29, x30, [sp, #-32]!
	.cfi_def_cfa_offset 32
	stp	x20, x19, [sp, #16]
	mov	x29, sp
	.cfi_def_cfa w29, 32
	.cfi_offset w19, -8
	.cfi_offset w20, -16
	.cfi_offset w30, -24
	.cfi_offset w29, -32
	sxtw	x8, w0
	mov	x9, sp
	add	x8, x8, #15
	and	x8, x8, #0xfffffffffffffff0
	sub	x19, x9, x8
	mov	sp, x19
	sxtw	x8, w1
	mov	x9, sp
	add	x8, x8, #15
	and	x8, x8, #0xfffffffffffffff0
	sub	x20, x9, x8
	mov	sp, x20
	mov	x0, x19
	mov	x1, x20
	bl	g
	ldrb	w8, [x19]
	ldrb	w9, [x20]
	add	w0, w9, w8
	mov	sp, x29
	.cfi_def_cfa wsp, 32
	ldp	x20, x19, [sp, #16]
	ldp	x29, x30, [sp], #32
	.cfi_def_cfa_offset 0
	.cfi_restore w19
	.cfi_restore w20
	.cfi_restore w30
	.cfi_restore w29
	ret
	.size	f, .-f
	.cfi_endproc
