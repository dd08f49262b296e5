// arch: arm64
// rule: OH301
// expect: OH301 f+0x1c
// flags: aarch64-linux-gnu-gcc-12 -O2
// source: gcc-12 for arm64, shortened: docs/findings/004
// c: void g(char *);
// c: void f(int n) { char a[2016]; g(__builtin_frame_address(0)); g(a); }
// why: x29 is the caller's again, and the row still computes the CFA from it

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	sub	sp, sp, #2032
	.cfi_def_cfa_offset 2032
	stp	x29, x30, [sp]
	.cfi_offset 29, -2032
	.cfi_offset 30, -2024
	mov	x29, sp
	.cfi_def_cfa_register 29
	mov	x0, x29
	bl	g
	nop
	ldp	x29, x30, [sp]
	add	sp, sp, #2032
	.cfi_restore 29
	.cfi_restore 30
	.cfi_def_cfa 31, 0
	ret
	.cfi_endproc
	.size	f, .-f
