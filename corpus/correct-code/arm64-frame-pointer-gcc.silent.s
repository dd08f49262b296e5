// arch: arm64
// expect: silent
// flags: aarch64 gcc-12 -O2 -fno-omit-frame-pointer
// why: the frame pointer is kept everywhere
// c: int g(int);
// c: int f(int a, int b) { int x = g(a); if (x > b) return g(b) + x; return x; }

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
	mov	x29, sp
	stp	x19, x20, [sp, 16]
	.cfi_offset 19, -16
	.cfi_offset 20, -8
	mov	w20, w1
	bl	g
	mov	w19, w0
	cmp	w0, w20
	bgt	.L5
	mov	w0, w19
	ldp	x19, x20, [sp, 16]
	ldp	x29, x30, [sp], 32
	.cfi_remember_state
	.cfi_restore 30
	.cfi_restore 29
	.cfi_restore 19
	.cfi_restore 20
	.cfi_def_cfa_offset 0
	ret
	.p2align 2,,3
.L5:
	.cfi_restore_state
	mov	w0, w20
	bl	g
	add	w19, w19, w0
	mov	w0, w19
	ldp	x19, x20, [sp, 16]
	ldp	x29, x30, [sp], 32
	.cfi_restore 30
	.cfi_restore 29
	.cfi_restore 19
	.cfi_restore 20
	.cfi_def_cfa_offset 0
	ret
	.cfi_endproc
	.size	f, .-f
