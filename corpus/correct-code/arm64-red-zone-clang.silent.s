// arch: arm64
// expect: silent
// flags: clang-19 -O2
// why: a leaf keeps its locals below SP where the ABI has a red zone
// c: int f(int a) { volatile int x[4]; x[0] = a; x[3] = a + 1; return x[0] * x[3]; }

	.text
	.globl	f
	.p2align	2
	.type	f,@function
f:
	.cfi_startproc
	sub	sp, sp, #16
	.cfi_def_cfa_offset 16
	add	w8, w0, #1
	str	w0, [sp, #12]
	str	w8, [sp, #8]
	ldr	w8, [sp, #12]
	ldr	w9, [sp, #8]
	mul	w0, w9, w8
	add	sp, sp, #16
	.cfi_def_cfa_offset 0
	ret
	.size	f, .-f
	.cfi_endproc
