// arch: arm64
// expect: silent
// flags: aarch64 gcc-12 -O2 -fstack-clash-protection
// why: the prologue touches every page of a large frame
// c: void g(char *);
// c: int f(int a) { char b[200000]; g(b); return b[a]; }

	.text
	.align	2
	.p2align 4,,11
	.global	f
	.type	f, %function
f:
	.cfi_startproc
	sub	sp, sp, #65536
	.cfi_def_cfa_offset 65536
	str	xzr, [sp, 1024]
	sub	sp, sp, #65536
	.cfi_def_cfa_offset 131072
	str	xzr, [sp, 1024]
	sub	sp, sp, #65536
	.cfi_def_cfa_offset 196608
	str	xzr, [sp, 1024]
	sub	sp, sp, #3424
	.cfi_def_cfa_offset 200032
	stp	x29, x30, [sp]
	.cfi_offset 29, -200032
	.cfi_offset 30, -200024
	mov	x29, sp
	stp	x19, x20, [sp, 16]
	.cfi_offset 19, -200016
	.cfi_offset 20, -200008
	add	x20, sp, 32
	mov	w19, w0
	mov	x0, x20
	bl	g
	ldp	x29, x30, [sp]
	ldrb	w0, [x20, w19, sxtw]
	ldp	x19, x20, [sp, 16]
	.cfi_restore 29
	.cfi_restore 30
	.cfi_restore 19
	.cfi_restore 20
	add	sp, sp, 3424
	.cfi_def_cfa_offset 196608
	add	sp, sp, 196608
	.cfi_def_cfa_offset 0
	ret
	.cfi_endproc
	.size	f, .-f
