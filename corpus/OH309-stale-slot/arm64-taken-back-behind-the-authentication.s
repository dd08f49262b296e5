// arch: arm64
// rule: OH309
// expect: OH309 f+0x40
// flags: clang-19 -O2 -mbranch-protection=standard
// why: Clang takes the rules back behind autiasp, one instruction after the ldp that gives the slots up (docs/findings/006)
// c: int g(int);
// c: int f(int a, int b) { int x = g(a); return x + g(b) + a; }

	.text
	.text
	.globl	f
	.p2align	2
	.type	f,@function
f:
	.cfi_startproc
	hint	#25
	.cfi_negate_ra_state
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
	mov	w19, w1
	mov	w20, w0
	bl	g
	mov	w21, w0
	mov	w0, w19
	bl	g
	add	w8, w21, w20
	add	w0, w8, w0
	.cfi_def_cfa wsp, 48
	ldp	x20, x19, [sp, #32]
	ldr	x21, [sp, #16]
	ldp	x29, x30, [sp], #48
	.cfi_def_cfa_offset 0
	hint	#29
	.cfi_negate_ra_state
	.cfi_restore w19
	.cfi_restore w20
	.cfi_restore w21
	.cfi_restore w30
	.cfi_restore w29
	ret
	.size	f, .-f
	.cfi_endproc
