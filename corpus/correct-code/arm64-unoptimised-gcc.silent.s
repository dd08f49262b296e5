// arch: arm64
// expect: silent
// flags: aarch64 gcc-12 -O0
// why: every value lives in the frame
// c: int g(int);
// c: int f(int a, int b) { int x = g(a); return x + g(b) + a; }

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
	mov	x29, sp
	str	w0, [sp, 28]
	str	w1, [sp, 24]
	ldr	w0, [sp, 28]
	bl	g
	str	w0, [sp, 44]
	ldr	w0, [sp, 24]
	bl	g
	mov	w1, w0
	ldr	w0, [sp, 44]
	add	w1, w1, w0
	ldr	w0, [sp, 28]
	add	w0, w1, w0
	ldp	x29, x30, [sp], 48
	.cfi_restore 30
	.cfi_restore 29
	.cfi_def_cfa_offset 0
	ret
	.cfi_endproc
	.size	f, .-f
