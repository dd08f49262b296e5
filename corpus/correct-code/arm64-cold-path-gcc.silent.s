// arch: arm64
// expect: silent
// flags: aarch64 gcc-12 -O2
// why: the unlikely path stands in a fragment of its own, or at the end
// c: void bad(const char *) __attribute__((cold));
// c: int g(int);
// c: int f(int a, int b) { int x = g(a); if (x < 0) { bad("x"); x = g(b); } return x + b; }

	.text
	.section	.rodata.str1.8,"aMS",@progbits,1
	.align	3
.LC0:
	.string	"x"
	.text
	.align	2
	.p2align 4,,11
	.global	f
	.type	f, %function
f:
	.cfi_startproc
	stp	x29, x30, [sp, -32]!
	.cfi_def_cfa_offset 32
	.cfi_offset 29, -32
	.cfi_offset 30, -24
	mov	x29, sp
	str	x19, [sp, 16]
	.cfi_offset 19, -16
	mov	w19, w1
	bl	g
	tbnz	w0, #31, .L5
.L2:
	add	w0, w0, w19
	ldr	x19, [sp, 16]
	ldp	x29, x30, [sp], 32
	.cfi_remember_state
	.cfi_restore 30
	.cfi_restore 29
	.cfi_restore 19
	.cfi_def_cfa_offset 0
	ret
.L5:
	.cfi_restore_state
	adrp	x0, .LC0
	add	x0, x0, :lo12:.LC0
	bl	bad
	mov	w0, w19
	bl	g
	b	.L2
	.cfi_endproc
	.size	f, .-f
