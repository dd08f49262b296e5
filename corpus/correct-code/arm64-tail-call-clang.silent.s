// arch: arm64
// expect: silent
// flags: clang-19 -O2
// why: tail calls behind an epilogue, direct and through a pointer
// c: int g(int);
// c: int t(int);
// c: int f(int a, int (*p)(int)) { int x = g(a); if (x & 1) return t(x + a); return p(x); }

	.text
	.globl	f
	.p2align	2
	.type	f,@function
f:
	.cfi_startproc
	stp	x29, x30, [sp, #-32]!
	.cfi_def_cfa_offset 32
	str	x19, [sp, #16]
	mov	x29, sp
	.cfi_def_cfa w29, 32
	.cfi_offset w19, -16
	.cfi_offset w30, -24
	.cfi_offset w29, -32
	.cfi_remember_state
	str	x1, [x29, #24]
	mov	w19, w0
	bl	g
	tbnz	w0, #0, .LBB0_2
	ldr	x1, [x29, #24]
	.cfi_def_cfa wsp, 32
	ldr	x19, [sp, #16]
	ldp	x29, x30, [sp], #32
	.cfi_def_cfa_offset 0
	.cfi_restore w19
	.cfi_restore w30
	.cfi_restore w29
	br	x1
.LBB0_2:
	.cfi_restore_state
	add	w0, w0, w19
	.cfi_def_cfa wsp, 32
	ldr	x19, [sp, #16]
	ldp	x29, x30, [sp], #32
	.cfi_def_cfa_offset 0
	.cfi_restore w19
	.cfi_restore w30
	.cfi_restore w29
	b	t
	.size	f, .-f
	.cfi_endproc
