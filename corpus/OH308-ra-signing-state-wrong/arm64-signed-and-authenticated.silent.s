// arch: arm64
// rule: OH308
// expect: silent
// flags: clang-19 -O2 -mbranch-protection=pac-ret
// why: each instruction that changes the state has its DW_CFA_AARCH64_negate_ra_state (DWARF for the Arm 64-bit
// Architecture, 4.4.1)
// c: int g(int);
// c: int f(int a) { return g(a) + a; }

	.text
	.globl	f
	.p2align	2
	.type	f,@function
f:
	.cfi_startproc
	hint	#25
	.cfi_negate_ra_state
	stp	x29, x30, [sp, #-32]!
	.cfi_def_cfa_offset 32
	str	x19, [sp, #16]
	mov	x29, sp
	.cfi_def_cfa w29, 32
	.cfi_offset w19, -16
	.cfi_offset w30, -24
	.cfi_offset w29, -32
	mov	w19, w0
	bl	g
	add	w0, w0, w19
	.cfi_def_cfa wsp, 32
	ldr	x19, [sp, #16]
	ldp	x29, x30, [sp], #32
	.cfi_def_cfa_offset 0
	.cfi_restore w19
	.cfi_restore w30
	.cfi_restore w29
	hint	#29
	.cfi_negate_ra_state
	ret
	.size	f, .-f
	.cfi_endproc
