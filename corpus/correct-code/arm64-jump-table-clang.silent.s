// arch: arm64
// expect: silent
// flags: -O2 -mllvm -min-jump-table-entries=4
// source: clang-19 -O2 -mllvm -min-jump-table-entries=4
// why: a dense switch: absolute entries without -fPIC
// c: int g(int);
// c: int f(int a) { int r; switch (a) { case 0: r = g(5); break; case 1: r = g(1) - 1; break; case 2: r = g(a) + 1; break; case 3: r = g(a) * 9; break; case 4: r = a * g(3); break; default: r = 0; } return r + a; }

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
	mov	w19, w0
	cmp	w0, #1
	mov	w0, wzr
	b.le	.LBB0_5
	cmp	w19, #2
	b.eq	.LBB0_8
	cmp	w19, #3
	b.eq	.LBB0_9
	cmp	w19, #4
	b.ne	.LBB0_11
	mov	w0, #3
	bl	g
	lsl	w0, w0, #2
	b	.LBB0_11
.LBB0_5:
	cbz	w19, .LBB0_10
	cmp	w19, #1
	b.ne	.LBB0_11
	mov	w0, #1
	bl	g
	sub	w0, w0, #1
	b	.LBB0_11
.LBB0_8:
	mov	w0, #2
	bl	g
	add	w0, w0, #1
	b	.LBB0_11
.LBB0_9:
	mov	w0, #3
	bl	g
	add	w0, w0, w0, lsl #3
	b	.LBB0_11
.LBB0_10:
	mov	w0, #5
	bl	g
.LBB0_11:
	add	w0, w0, w19
	.cfi_def_cfa wsp, 32
	ldr	x19, [sp, #16]
	ldp	x29, x30, [sp], #32
	.cfi_def_cfa_offset 0
	.cfi_restore w19
	.cfi_restore w30
	.cfi_restore w29
	ret
	.size	f, .-f
	.cfi_endproc
