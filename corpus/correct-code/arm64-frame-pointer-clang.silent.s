// arch: arm64
// expect: silent
// flags: clang-19 -O2 -fno-omit-frame-pointer
// why: the frame pointer is kept everywhere
// c: int g(int);
// c: int f(int a, int b) { int x = g(a); if (x > b) return g(b) + x; return x; }

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
	mov	w19, w1
	bl	g
	cmp	w0, w19
	b.le	.LBB0_2
	mov	w20, w0
	mov	w0, w19
	bl	g
	add	w0, w0, w20
.LBB0_2:
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
