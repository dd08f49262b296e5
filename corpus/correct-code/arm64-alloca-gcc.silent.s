// arch: arm64
// expect: silent
// flags: aarch64 gcc-12 -O2
// why: SP moves by an amount known only at run time, twice
// c: void g(char *, char *);
// c: int f(int n, int m) { char *p = __builtin_alloca(n); char *q = __builtin_alloca(m); g(p, q); return p[0] +
// c: q[0]; }

	.text
	.align	2
	.p2align 4,,11
	.global	f
	.type	f, %function
f:
	.cfi_startproc
	stp	x29, x30, [sp, -32]!
	.cfi_def_cfa_offset 32
	.cfi_offset 29, -32
	.cfi_offset 30, -24
	sxtw	x0, w0
	sxtw	x1, w1
	add	x0, x0, 15
	mov	x29, sp
	.cfi_def_cfa_register 29
	and	x0, x0, -16
	add	x1, x1, 15
	stp	x19, x20, [sp, 16]
	.cfi_offset 19, -16
	.cfi_offset 20, -8
	and	x1, x1, -16
	sub	sp, sp, x0
	mov	x20, sp
	sub	sp, sp, x1
	mov	x19, sp
	mov	x0, x20
	mov	x1, x19
	bl	g
	ldrb	w1, [x20]
	ldrb	w0, [x19]
	mov	sp, x29
	add	w0, w1, w0
	ldp	x19, x20, [sp, 16]
	ldp	x29, x30, [sp], 32
	.cfi_restore 30
	.cfi_restore 29
	.cfi_restore 19
	.cfi_restore 20
	.cfi_def_cfa 31, 0
	ret
	.cfi_endproc
	.size	f, .-f
