// arch: arm64
// expect: silent
// flags: aarch64 gcc-12 -O2
// why: a static helper that never returns, called last
// c: void out(const char *);
// c: void _exit(int) __attribute__((noreturn));
// c: static __attribute__((noreturn, noinline)) void die(const char *s) { out(s); _exit(1); }
// c: int f(int *p) { if (!p) die("null"); return *p; }

	.text
	.section	.rodata.str1.8,"aMS",@progbits,1
	.align	3
.LC0:
	.string	"null"
	.text
	.align	2
	.p2align 4,,11
	.type	die.constprop.0, %function
die.constprop.0:
	.cfi_startproc
	stp	x29, x30, [sp, -16]!
	.cfi_def_cfa_offset 16
	.cfi_offset 29, -16
	.cfi_offset 30, -8
	adrp	x0, .LC0
	add	x0, x0, :lo12:.LC0
	mov	x29, sp
	bl	out
	mov	w0, 1
	bl	_exit
	.cfi_endproc
	.size	die.constprop.0, .-die.constprop.0
	.align	2
	.p2align 4,,11
	.global	f
	.type	f, %function
f:
	.cfi_startproc
	cbz	x0, .L9
	ldr	w0, [x0]
	ret
.L9:
	stp	x29, x30, [sp, -16]!
	.cfi_def_cfa_offset 16
	.cfi_offset 29, -16
	.cfi_offset 30, -8
	mov	x29, sp
	bl	die.constprop.0
	.cfi_endproc
	.size	f, .-f
