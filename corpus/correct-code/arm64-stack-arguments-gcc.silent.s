// arch: arm64
// expect: silent
// flags: aarch64 gcc-12 -O2
// why: arguments are pushed for one call and taken back
// c: int g(int, int, int, int, int, int, int, int, int, int);
// c: int f(int a) { return g(a, 2, 3, 4, 5, 6, 7, 8, 9, a) + g(1, a, 3, 4, 5, 6, 7, 8, a, 10) + a; }

	.text
	.align	2
	.p2align 4,,11
	.global	f
	.type	f, %function
f:
	.cfi_startproc
	sub	sp, sp, #48
	.cfi_def_cfa_offset 48
	mov	w1, 9
	mov	w7, 8
	mov	w6, 7
	mov	w5, 6
	mov	w4, 5
	stp	x29, x30, [sp, 16]
	.cfi_offset 29, -32
	.cfi_offset 30, -24
	add	x29, sp, 16
	mov	w3, 4
	mov	w2, 3
	str	w1, [sp]
	mov	w1, 2
	str	w0, [sp, 8]
	stp	x19, x20, [sp, 32]
	.cfi_offset 19, -16
	.cfi_offset 20, -8
	mov	w19, w0
	bl	g
	mov	w1, 10
	str	w19, [sp]
	str	w1, [sp, 8]
	mov	w20, w0
	mov	w1, w19
	mov	w7, 8
	mov	w6, 7
	mov	w5, 6
	mov	w4, 5
	mov	w3, 4
	mov	w2, 3
	mov	w0, 1
	bl	g
	add	w0, w20, w0
	ldp	x29, x30, [sp, 16]
	add	w0, w0, w19
	ldp	x19, x20, [sp, 32]
	add	sp, sp, 48
	.cfi_restore 29
	.cfi_restore 30
	.cfi_restore 19
	.cfi_restore 20
	.cfi_def_cfa_offset 0
	ret
	.cfi_endproc
	.size	f, .-f
