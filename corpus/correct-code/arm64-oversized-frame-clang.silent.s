// arch: arm64
// expect: silent
// flags: clang-19 -O2
// why: frame sizes that no immediate holds
// c: void g(char *);
// c: int f(int a) { char b[70000]; g(b); return b[a]; }

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
	sub	sp, sp, #17, lsl #12
	sub	sp, sp, #368
	mov	w19, w0
	mov	x0, sp
	mov	x20, sp
	bl	g
	ldrb	w0, [x20, w19, sxtw]
	add	sp, sp, #17, lsl #12
	add	sp, sp, #368
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
