// arch: x86-64
// expect: silent
// flags: gcc-12 -O2
// why: a static helper that never returns, called last
// c: void out(const char *);
// c: void _exit(int) __attribute__((noreturn));
// c: static __attribute__((noreturn, noinline)) void die(const char *s) { out(s); _exit(1); }
// c: int f(int *p) { if (!p) die("null"); return *p; }

	.text
	.section	.rodata.str1.1,"aMS",@progbits,1
.LC0:
	.string	"null"
	.text
	.p2align 4
	.type	die.constprop.0, @function
die.constprop.0:
	.cfi_startproc
	movl	$.LC0, %edi
	subq	$8, %rsp
	.cfi_def_cfa_offset 16
	call	out
	movl	$1, %edi
	call	_exit
	.cfi_endproc
	.size	die.constprop.0, .-die.constprop.0
	.p2align 4
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	testq	%rdi, %rdi
	je	.L9
	movl	(%rdi), %eax
	ret
.L9:
	pushq	%rax
	.cfi_def_cfa_offset 16
	call	die.constprop.0
	.cfi_endproc
	.size	f, .-f
