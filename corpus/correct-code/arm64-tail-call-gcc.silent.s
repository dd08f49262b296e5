// arch: arm64
// expect: silent
// flags: aarch64 gcc-12 -O2
// why: tail calls behind an epilogue, direct and through a pointer
// c: int g(int);
// c: int t(int);
// c: int f(int a, int (*p)(int)) { int x = g(a); if (x & 1) return t(x + a); return p(x); }

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
	mov	x19, x1
	mov	w20, w0
	bl	g
	mov	w2, w0
	tbnz	x2, 0, .L5
	mov	x16, x19
	ldp	x19, x20, [sp, 16]
	ldp	x29, x30, [sp], 32
	.cfi_remember_state
	.cfi_restore 30
	.cfi_restore 29
	.cfi_restore 19
	.cfi_restore 20
	.cfi_def_cfa_offset 0
	br	x16
	.p2align 2,,3
.L5:
	.cfi_restore_state
	add	w0, w20, w0
	ldp	x19, x20, [sp, 16]
	ldp	x29, x30, [sp], 32
	.cfi_restore 30
	.cfi_restore 29
	.cfi_restore 19
	.cfi_restore 20
	.cfi_def_cfa_offset 0
	b	t
	.cfi_endproc
	.size	f, .-f
