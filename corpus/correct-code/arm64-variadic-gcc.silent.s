// arch: arm64
// expect: silent
// flags: aarch64 gcc-12 -O2
// why: the register save area is filled only if AL is not zero (x86-64); all of it on arm64
// c: #include <stdarg.h>
// c: int g(va_list *);
// c: int f(int n, ...) { va_list ap; va_start(ap, n); int r = g(&ap); va_end(ap); return r + n; }

	.text
	.align	2
	.p2align 4,,11
	.global	f
	.type	f, %function
f:
	.cfi_startproc
	stp	x29, x30, [sp, -256]!
	.cfi_def_cfa_offset 256
	.cfi_offset 29, -256
	.cfi_offset 30, -248
	mov	w9, -56
	mov	w8, -128
	mov	x29, sp
	add	x10, sp, 192
	stp	x1, x2, [sp, 200]
	add	x1, sp, 256
	str	x19, [sp, 16]
	.cfi_offset 19, -240
	mov	w19, w0
	add	x0, sp, 32
	stp	x1, x1, [sp, 32]
	str	x10, [sp, 48]
	stp	w9, w8, [sp, 56]
	str	q0, [sp, 64]
	str	q1, [sp, 80]
	str	q2, [sp, 96]
	str	q3, [sp, 112]
	str	q4, [sp, 128]
	str	q5, [sp, 144]
	str	q6, [sp, 160]
	str	q7, [sp, 176]
	stp	x3, x4, [sp, 216]
	stp	x5, x6, [sp, 232]
	str	x7, [sp, 248]
	bl	g
	add	w0, w0, w19
	ldr	x19, [sp, 16]
	ldp	x29, x30, [sp], 256
	.cfi_restore 30
	.cfi_restore 29
	.cfi_restore 19
	.cfi_def_cfa_offset 0
	ret
	.cfi_endproc
	.size	f, .-f
