// arch: arm64
// expect: silent
// flags: clang-19 -O2
// why: setjmp returns twice, with the same frame both times
// c: #include <setjmp.h>
// c: extern jmp_buf b;
// c: int g(int);
// c: int f(int a) { if (setjmp(b)) return g(1); return g(a); }

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
	adrp	x0, b
	add	x0, x0, :lo12:b
	bl	_setjmp
	cmp	w0, #0
	csinc	w0, w19, wzr, eq
	bl	g
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
