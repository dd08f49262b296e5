// arch: arm64
// expect: silent
// flags: clang-19 -O2
// why: the register save area is filled only if AL is not zero (x86-64); all of it on arm64
// c: #include <stdarg.h>
// c: int g(va_list *);
// c: int f(int n, ...) { va_list ap; va_start(ap, n); int r = g(&ap); va_end(ap); return r + n; }

	.text
	.globl	f
	.p2align	2
	.type	f,@function
f:
	.cfi_startproc
	sub	sp, sp, #256
	.cfi_def_cfa_offset 256
	stp	x29, x30, [sp, #224]
	str	x19, [sp, #240]
	add	x29, sp, #224
	.cfi_def_cfa w29, 32
	.cfi_offset w19, -16
	.cfi_offset w30, -24
	.cfi_offset w29, -32
	mov	x8, #-56
	mov	x9, sp
	sub	x10, x29, #88
	movk	x8, #65408, lsl #32
	add	x9, x9, #128
	mov	w19, w0
	stp	x9, x8, [x29, #-16]
	add	x8, x10, #56
	add	x9, x29, #32
	sub	x0, x29, #32
	stp	x1, x2, [x29, #-88]
	stp	x3, x4, [x29, #-72]
	stp	x5, x6, [x29, #-56]
	stur	x7, [x29, #-40]
	stp	q0, q1, [sp]
	stp	q2, q3, [sp, #32]
	stp	q4, q5, [sp, #64]
	stp	q6, q7, [sp, #96]
	stp	x9, x8, [x29, #-32]
	bl	g
	add	w0, w0, w19
	.cfi_def_cfa wsp, 256
	ldp	x29, x30, [sp, #224]
	ldr	x19, [sp, #240]
	add	sp, sp, #256
	.cfi_def_cfa_offset 0
	.cfi_restore w19
	.cfi_restore w30
	.cfi_restore w29
	ret
	.size	f, .-f
	.cfi_endproc
