// arch: x86-64
// expect: silent
// flags: clang-19 -O2
// why: a static helper that never returns, called last
// c: void out(const char *);
// c: void _exit(int) __attribute__((noreturn));
// c: static __attribute__((noreturn, noinline)) void die(const char *s) { out(s); _exit(1); }
// c: int f(int *p) { if (!p) die("null"); return *p; }

	.text
	.globl	f
	.p2align	4, 0x90
	.type	f,@function
f:
	.cfi_startproc
	testq	%rdi, %rdi
	je	.LBB0_2
	movl	(%rdi), %eax
	retq
.LBB0_2:
	pushq	%rax
	.cfi_def_cfa_offset 16
	callq	die
	.size	f, .-f
	.cfi_endproc
	.p2align	4, 0x90
	.type	die,@function
die:
	.cfi_startproc
	pushq	%rax
	.cfi_def_cfa_offset 16
	movl	$.L.str, %edi
	callq	out
	movl	$1, %edi
	callq	_exit
	.size	die, .-die
	.cfi_endproc
	.type	.L.str,@object
	.section	.rodata.str1.1,"aMS",@progbits,1
.L.str:
	.asciz	"null"
	.size	.L.str, 5
