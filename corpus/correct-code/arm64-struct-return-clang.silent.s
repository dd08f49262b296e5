// arch: arm64
// expect: silent
// flags: clang-19 -O2
// why: a large struct is copied with a string instruction or a loop and returned in memory
// c: struct s { long v[40]; };
// c: void g(struct s *);
// c: struct s f(long a) { struct s x; g(&x); x.v[3] = a; return x; }

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
	mov	x19, x0
	mov	x0, x8
	mov	x20, x8
	bl	g
	str	x19, [x20, #24]
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
