// arch: arm64
// expect: silent
// flags: clang-19 -O2
// why: loops with several exits and a shared epilogue
// c: int g(int);
// c: int f(int *p, int n) { int s = 0; for (int i = 0; i < n; i++) { for (int j = i; j < n; j++) { if (p[j] < 0)
// c: return -1; s += g(p[j]); } if (s > 1000) break; } return s + n; }

	.text
	.globl	f
	.p2align	2
	.type	f,@function
f:
	.cfi_startproc
	stp	x29, x30, [sp, #-80]!
	.cfi_def_cfa_offset 80
	stp	x26, x25, [sp, #16]
	stp	x24, x23, [sp, #32]
	stp	x22, x21, [sp, #48]
	stp	x20, x19, [sp, #64]
	mov	x29, sp
	.cfi_def_cfa w29, 80
	.cfi_offset w19, -8
	.cfi_offset w20, -16
	.cfi_offset w21, -24
	.cfi_offset w22, -32
	.cfi_offset w23, -40
	.cfi_offset w24, -48
	.cfi_offset w25, -56
	.cfi_offset w26, -64
	.cfi_offset w30, -72
	.cfi_offset w29, -80
	mov	w19, w1
	cmp	w1, #1
	b.lt	.LBB0_8
	mov	w23, w19
	mov	x20, x0
	mov	x22, xzr
	mov	w21, wzr
	mov	x24, x23
.LBB0_2:
	mov	x25, x24
	mov	x26, x20
.LBB0_3:
	ldr	w0, [x26], #4
	tbnz	w0, #31, .LBB0_7
	bl	g
	subs	x25, x25, #1
	add	w21, w0, w21
	b.ne	.LBB0_3
	cmp	w21, #1000
	b.gt	.LBB0_9
	add	x22, x22, #1
	add	x20, x20, #4
	sub	x24, x24, #1
	cmp	x22, x23
	b.ne	.LBB0_2
	b	.LBB0_9
.LBB0_7:
	mov	w0, #-1
	b	.LBB0_10
.LBB0_8:
	mov	w21, wzr
.LBB0_9:
	add	w0, w21, w19
.LBB0_10:
	.cfi_def_cfa wsp, 80
	ldp	x20, x19, [sp, #64]
	ldp	x22, x21, [sp, #48]
	ldp	x24, x23, [sp, #32]
	ldp	x26, x25, [sp, #16]
	ldp	x29, x30, [sp], #80
	.cfi_def_cfa_offset 0
	.cfi_restore w19
	.cfi_restore w20
	.cfi_restore w21
	.cfi_restore w22
	.cfi_restore w23
	.cfi_restore w24
	.cfi_restore w25
	.cfi_restore w26
	.cfi_restore w30
	.cfi_restore w29
	ret
	.size	f, .-f
	.cfi_endproc
