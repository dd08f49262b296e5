// arch: x86-64
// expect: silent
// flags: clang-19 -O2
// why: SP moves by an amount known only at run time, twice
// c: void g(char *, char *);
// c: int f(int n, int m) { char *p = __builtin_alloca(n); char *q = __builtin_alloca(m); g(p, q); return p[0] +
// c: q[0]; }

	.text
	.globl	f
	.p2align	4, 0x90
	.type	f,@function
f:
	.cfi_startproc
	pushq	%rbp
	.cfi_def_cfa_offset 16
	.cfi_offset %rbp, -16
	movq	%rsp, %rbp
	.cfi_def_cfa_register %rbp
	pushq	%r15
	pushq	%r14
	pushq	%r12
	pushq	%rbx
	.cfi_offset %rbx, -48
	.cfi_offset %r12, -40
	.cfi_offset %r14, -32
	.cfi_offset %r15, -24
	movslq	%edi, %rbx
	movq	%rsp, %r14
	addq	$15, %rbx
	andq	$-16, %rbx
	movq	%r14, %rdi
	subq	%rbx, %rdi
	movq	%rdi, %rsp
	negq	%rbx
	movslq	%esi, %r15
	movq	%rsp, %r12
	addq	$15, %r15
	andq	$-16, %r15
	movq	%r12, %rsi
	subq	%r15, %rsi
	movq	%rsi, %rsp
	negq	%r15
	callq	g
	movsbl	(%r14,%rbx), %ecx
	movsbl	(%r12,%r15), %eax
	addl	%ecx, %eax
	leaq	-32(%rbp), %rsp
	popq	%rbx
	popq	%r12
	popq	%r14
	popq	%r15
	popq	%rbp
	.cfi_def_cfa %rsp, 8
	retq
	.size	f, .-f
	.cfi_endproc
