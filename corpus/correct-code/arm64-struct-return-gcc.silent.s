// arch: arm64
// expect: silent
// flags: aarch64 gcc-12 -O2
// why: a large struct is copied with a string instruction or a loop and returned in memory
// c: struct s { long v[40]; };
// c: void g(struct s *);
// c: struct s f(long a) { struct s x; g(&x); x.v[3] = a; return x; }

	.text
	.align	2
	.p2align 4,,11
	.global	f
	.type	f, %function
f:
	.cfi_startproc
	stp	x29, x30, [sp, -352]!
	.cfi_def_cfa_offset 352
	.cfi_offset 29, -352
	.cfi_offset 30, -344
	mov	x29, sp
	stp	x19, x20, [sp, 16]
	.cfi_offset 19, -336
	.cfi_offset 20, -328
	mov	x19, x8
	mov	x20, x0
	add	x0, sp, 32
	bl	g
	add	x1, sp, 32
	mov	x0, x19
	mov	x2, 320
	str	x20, [sp, 56]
	bl	memcpy
	ldp	x19, x20, [sp, 16]
	ldp	x29, x30, [sp], 352
	.cfi_restore 30
	.cfi_restore 29
	.cfi_restore 19
	.cfi_restore 20
	.cfi_def_cfa_offset 0
	ret
	.cfi_endproc
	.size	f, .-f
