// arch: x86-64
// expect: silent
// flags: gcc-12 -O2
// why: SP moves by an amount known only at run time, twice
// c: void g(char *, char *);
// c: int f(int n, int m) { char *p = __builtin_alloca(n); char *q = __builtin_alloca(m); g(p, q); return p[0] +
// c: q[0]; }

	.text
	.p2align 4
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	movslq	%edi, %rax
	movl	$16, %ecx
	xorl	%edx, %edx
	pushq	%rbp
	.cfi_def_cfa_offset 16
	.cfi_offset 6, -16
	addq	$23, %rax
	divq	%rcx
	movq	%rsp, %rbp
	.cfi_def_cfa_register 6
	pushq	%r12
	xorl	%edx, %edx
	pushq	%rbx
	.cfi_offset 12, -24
	.cfi_offset 3, -32
	salq	$4, %rax
	subq	%rax, %rsp
	movslq	%esi, %rax
	addq	$23, %rax
	leaq	15(%rsp), %r12
	divq	%rcx
	andq	$-16, %r12
	movq	%r12, %rdi
	salq	$4, %rax
	subq	%rax, %rsp
	leaq	15(%rsp), %rbx
	andq	$-16, %rbx
	movq	%rbx, %rsi
	call	g
	movsbl	(%r12), %eax
	movsbl	(%rbx), %edx
	leaq	-16(%rbp), %rsp
	popq	%rbx
	popq	%r12
	addl	%edx, %eax
	popq	%rbp
	.cfi_def_cfa 7, 8
	ret
	.cfi_endproc
	.size	f, .-f
