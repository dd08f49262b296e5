// arch: arm64
// expect: silent
// flags: aarch64 gcc-12 -O2 -mbranch-protection=standard
// why: paciasp and autiasp, as hints
// c: int g(int);
// c: int f(int a, int b) { int x = g(a); return x + g(b) + a; }

	.text
	.align	2
	.p2align 4,,11
	.global	f
	.type	f, %function
f:
	.cfi_startproc
	hint	25
	.cfi_window_save
	stp	x29, x30, [sp, -48]!
	.cfi_def_cfa_offset 48
	.cfi_offset 29, -48
	.cfi_offset 30, -40
	mov	x29, sp
	stp	x19, x20, [sp, 16]
	.cfi_offset 19, -32
	.cfi_offset 20, -24
	mov	w19, w0
	str	x21, [sp, 32]
	.cfi_offset 21, -16
	mov	w21, w1
	bl	g
	mov	w20, w0
	mov	w0, w21
	bl	g
	add	w0, w0, w20
	ldr	x21, [sp, 32]
	add	w0, w0, w19
	ldp	x19, x20, [sp, 16]
	ldp	x29, x30, [sp], 48
	.cfi_restore 30
	.cfi_restore 29
	.cfi_restore 21
	.cfi_restore 19
	.cfi_restore 20
	.cfi_def_cfa_offset 0
	hint	29
	.cfi_window_save
	ret
	.cfi_endproc
	.size	f, .-f
