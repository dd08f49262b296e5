// arch: arm64
// expect: silent
// flags: clang-19 -O2
// why: a static helper that never returns, called last
// c: void out(const char *);
// c: void _exit(int) __attribute__((noreturn));
// c: static __attribute__((noreturn, noinline)) void die(const char *s) { out(s); _exit(1); }
// c: int f(int *p) { if (!p) die("null"); return *p; }

	.text
	.globl	f
	.p2align	2
	.type	f,@function
f:
	.cfi_startproc
	cbz	x0, .LBB0_2
	ldr	w0, [x0]
	ret
.LBB0_2:
	stp	x29, x30, [sp, #-16]!
	.cfi_def_cfa_offset 16
	mov	x29, sp
	.cfi_def_cfa w29, 16
	.cfi_offset w30, -8
	.cfi_offset w29, -16
	bl	die
	.size	f, .-f
	.cfi_endproc
	.p2align	2
	.type	die,@function
die:
	.cfi_startproc
	stp	x29, x30, [sp, #-16]!
	.cfi_def_cfa_offset 16
	mov	x29, sp
	.cfi_def_cfa w29, 16
	.cfi_offset w30, -8
	.cfi_offset w29, -16
	adrp	x0, .L.str
	add	x0, x0, :lo12:.L.str
	bl	out
	mov	w0, #1
	bl	_exit
	.size	die, .-die
	.cfi_endproc
	.type	.L.str,@object
	.section	.rodata.str1.1,"aMS",@progbits,1
.L.str:
	.asciz	"null"
	.size	.L.str, 5
