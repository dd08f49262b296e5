// arch: arm64
// expect: silent
// flags: clang-19 -O2
// why: a realigned frame with a variable-length array and arguments on the stack
// c: void g(int *, char *);
// c: int f(int a, int b, int c, int d, int e, int x, int y) { char buf[y]; _Alignas(32) int v[8]; g(v, buf); return
// c: v[0] + y + buf[1]; }

	.text
	.globl	f
	.p2align	2
	.type	f,@function
f:
	.cfi_startproc
	stp	x29, x30, [sp, #-48]!
	.cfi_def_cfa_offset 48
	str	x21, [sp, #16]
	stp	x20, x19, [sp, #32]
	mov	x29, sp
	.cfi_def_cfa w29, 48
	.cfi_offset w19, -8
	.cfi_offset w20, -16
	.cfi_offset w21, -32
	.cfi_offset w30, -40
	.cfi_offset w29, -48
	sub	x9, sp, #48
	and	sp, x9, #0xffffffffffffffe0
	mov	w8, w6
	mov	x9, sp
	mov	x19, sp
	add	x8, x8, #15
	mov	w20, w6
	and	x8, x8, #0x1fffffff0
	sub	x21, x9, x8
	mov	sp, x21
	add	x0, x19, #0
	mov	x1, x21
	bl	g
	ldr	w8, [x19]
	ldrb	w9, [x21, #1]
	add	w8, w8, w20
	add	w0, w8, w9
	mov	sp, x29
	.cfi_def_cfa wsp, 48
	ldp	x20, x19, [sp, #32]
	ldr	x21, [sp, #16]
	ldp	x29, x30, [sp], #48
	.cfi_def_cfa_offset 0
	.cfi_restore w19
	.cfi_restore w20
	.cfi_restore w21
	.cfi_restore w30
	.cfi_restore w29
	ret
	.size	f, .-f
	.cfi_endproc
