// arch: arm64
// expect: silent
// flags: aarch64 gcc-12 -Os
// why: -Os and -Oz: short forms, push and pop of immediates
// c: int g(int, int);
// c: int f(int a) { return g(1, a) + g(2, a) * g(3, a); }

	.text
	.align	2
	.global	f
	.type	f, %function
f:
	.cfi_startproc
	stp	x29, x30, [sp, -48]!
	.cfi_def_cfa_offset 48
	.cfi_offset 29, -48
	.cfi_offset 30, -40
	mov	w1, w0
	mov	x29, sp
	stp	x19, x20, [sp, 16]
	.cfi_offset 19, -32
	.cfi_offset 20, -24
	mov	w19, w0
	mov	w0, 1
	str	x21, [sp, 32]
	.cfi_offset 21, -16
	bl	g
	mov	w1, w19
	mov	w20, w0
	mov	w0, 2
	bl	g
	mov	w21, w0
	mov	w1, w19
	mov	w0, 3
	bl	g
	madd	w0, w21, w0, w20
	ldp	x19, x20, [sp, 16]
	ldr	x21, [sp, 32]
	ldp	x29, x30, [sp], 48
	.cfi_restore 30
	.cfi_restore 29
	.cfi_restore 21
	.cfi_restore 19
	.cfi_restore 20
	.cfi_def_cfa_offset 0
	ret
	.cfi_endproc
	.size	f, .-f
