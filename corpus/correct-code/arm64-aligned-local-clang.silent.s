// arch: arm64
// expect: silent
// flags: clang-19 -O2
// why: SP is realigned to 64 bytes; the way back is the frame pointer
// c: void g(int *);
// c: int f(int n) { _Alignas(64) int a[16]; g(a); return a[n]; }

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
	sub	x9, sp, #96
	and	sp, x9, #0xffffffffffffffc0
	mov	w19, w0
	mov	x0, sp
	mov	x20, sp
	bl	g
	ldr	w0, [x20, w19, sxtw #2]
	mov	sp, x29
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
