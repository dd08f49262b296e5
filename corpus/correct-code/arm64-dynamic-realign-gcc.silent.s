// arch: arm64
// expect: silent
// flags: aarch64 gcc-12 -O2
// why: a realigned frame with a variable-length array and arguments on the stack
// c: void g(int *, char *);
// c: int f(int a, int b, int c, int d, int e, int x, int y) { char buf[y]; _Alignas(32) int v[8]; g(v, buf); return
// c: v[0] + y + buf[1]; }

	.text
	.align	2
	.p2align 4,,11
	.global	f
	.type	f, %function
f:
	.cfi_startproc
	stp	x29, x30, [sp, -80]!
	.cfi_def_cfa_offset 80
	.cfi_offset 29, -80
	.cfi_offset 30, -72
	sxtw	x1, w6
	mov	x29, sp
	.cfi_def_cfa_register 29
	stp	x19, x20, [sp, 16]
	.cfi_offset 19, -64
	.cfi_offset 20, -56
	mov	x19, x1
	add	x1, x1, 15
	add	x20, x29, 63
	and	x1, x1, -16
	sub	sp, sp, x1
	and	x20, x20, -32
	mov	x0, x20
	mov	x1, sp
	bl	g
	ldrb	w0, [sp, 1]
	ldr	w1, [x20]
	mov	sp, x29
	add	w19, w19, w1
	add	w0, w19, w0
	ldp	x19, x20, [sp, 16]
	ldp	x29, x30, [sp], 80
	.cfi_restore 30
	.cfi_restore 29
	.cfi_restore 19
	.cfi_restore 20
	.cfi_def_cfa 31, 0
	ret
	.cfi_endproc
	.size	f, .-f
