// arch: arm64
// expect: silent
// flags: -O2 -mllvm -min-jump-table-entries=4
// source: clang-19 -O2 -mllvm -min-jump-table-entries=4
// why: the default of the switch is __builtin_unreachable()
// c: int g(int);
// c: int f(int a) { int r; switch (a) { case 0: r = g(5); break; case 1: r = g(1) - 1; break; case 2: r = g(a) + 1; break; case 3: r = g(a) * 9; break; case 4: r = a * g(3); break; default: __builtin_unreachable(); } return r + a; }

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
	b.le	.LBB0_4
	cmp	w19, #2
	b.eq	.LBB0_6
	mov	w0, #3
	cmp	w19, #3
	b.ne	.LBB0_7
	bl	g
	add	w0, w0, w0, lsl #3
	b	.LBB0_9
.LBB0_4:
	cbnz	w19, .LBB0_8
	mov	w0, #5
	bl	g
	b	.LBB0_9
.LBB0_6:
	mov	w0, #2
	bl	g
	add	w0, w0, #1
	b	.LBB0_9
.LBB0_7:
	bl	g
	lsl	w0, w0, #2
	b	.LBB0_9
.LBB0_8:
	mov	w0, #1
	bl	g
	sub	w0, w0, #1
.LBB0_9:
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
