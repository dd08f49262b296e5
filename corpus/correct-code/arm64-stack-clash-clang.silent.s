// arch: arm64
// expect: silent
// flags: clang-19 -O2 -fstack-clash-protection
// why: the prologue touches every page of a large frame
// c: void g(char *);
// c: int f(int a) { char b[200000]; g(b); return b[a]; }

	.text
	.globl	f
	.p2align	2
	.type	f,@function
f:
	.cfi_startproc
	stp	x29, x30, [sp, #-48]!
	.cfi_def_cfa_offset 48
	str	x28, [sp, #16]
	stp	x20, x19, [sp, #32]
	mov	x29, sp
	.cfi_def_cfa w29, 48
	.cfi_offset w19, -8
	.cfi_offset w20, -16
	.cfi_offset w28, -32
	.cfi_offset w30, -40
	.cfi_offset w29, -48
	sub	x9, sp, #48, lsl #12
.LBB0_1:
	sub	sp, sp, #1, lsl #12
	cmp	sp, x9
	str	xzr, [sp]
	b.ne	.LBB0_1
	sub	sp, sp, #3392
	mov	w19, w0
	mov	x0, sp
	str	xzr, [sp]
	mov	x20, sp
	bl	g
	ldrb	w0, [x20, w19, sxtw]
	add	sp, sp, #48, lsl #12
	add	sp, sp, #3392
	.cfi_def_cfa wsp, 48
	ldp	x20, x19, [sp, #32]
	ldr	x28, [sp, #16]
	ldp	x29, x30, [sp], #48
	.cfi_def_cfa_offset 0
	.cfi_restore w19
	.cfi_restore w20
	.cfi_restore w28
	.cfi_restore w30
	.cfi_restore w29
	ret
	.size	f, .-f
	.cfi_endproc
