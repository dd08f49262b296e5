// arch: arm64
// expect: silent
// flags: clang-19 -O2
// why: the unlikely path stands in a fragment of its own, or at the end
// c: void bad(const char *) __attribute__((cold));
// c: int g(int);
// c: int f(int a, int b) { int x = g(a); if (x < 0) { bad("x"); x = g(b); } return x + b; }

	.text
	.globl	f
	.p2align	2
	.type	f,@function
f:
	.cfi_startproc
	stp	x29, x30, [sp, #-32]!
	.cfi_def_cfa_offset 32
	str	x19, [sp, #16]
	mov	x29, sp
	.cfi_def_cfa w29, 32
	.cfi_offset w19, -16
	.cfi_offset w30, -24
	.cfi_offset w29, -32
	.cfi_remember_state
	mov	w19, w1
	bl	g
	tbnz	w0, #31, .LBB0_2
.LBB0_1:
	add	w0, w0, w19
	.cfi_def_cfa wsp, 32
	ldr	x19, [sp, #16]
	ldp	x29, x30, [sp], #32
	.cfi_def_cfa_offset 0
	.cfi_restore w19
	.cfi_restore w30
	.cfi_restore w29
	ret
.LBB0_2:
	.cfi_restore_state
	adrp	x0, .L.str
	add	x0, x0, :lo12:.L.str
	bl	bad
	mov	w0, w19
	bl	g
	b	.LBB0_1
	.size	f, .-f
	.cfi_endproc
	.type	.L.str,@object
	.section	.rodata.str1.1,"aMS",@progbits,1
.L.str:
	.asciz	"x"
	.size	.L.str, 2
