// arch: x86-64
// expect: silent
// flags: gcc-12 -O2
// why: a realigned frame with a variable-length array and arguments on the stack
// c: void g(int *, char *);
// c: int f(int a, int b, int c, int d, int e, int x, int y) { char buf[y]; _Alignas(32) int v[8]; g(v, buf); return
// c: v[0] + y + buf[1]; }

	.text
	.p2align 4
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	leaq	8(%rsp), %r10
	.cfi_def_cfa 10, 0
	andq	$-32, %rsp
	pushq	-8(%r10)
	pushq	%rbp
	movq	%rsp, %rbp
	.cfi_escape 0x10,0x6,0x2,0x76,0
	pushq	%r10
	.cfi_escape 0xf,0x3,0x76,0x78,0x6
	pushq	%rbx
	leaq	-48(%rbp), %rdi
	subq	$32, %rsp
	.cfi_escape 0x10,0x3,0x2,0x76,0x70
	movslq	(%r10), %rax
	movq	%rax, %rbx
	addq	$15, %rax
	andq	$-16, %rax
	subq	%rax, %rsp
	movq	%rsp, %rsi
	call	g
	movsbl	1(%rsp), %eax
	addl	-48(%rbp), %ebx
	leaq	-16(%rbp), %rsp
	addl	%ebx, %eax
	popq	%rbx
	popq	%r10
	.cfi_def_cfa 10, 0
	popq	%rbp
	leaq	-8(%r10), %rsp
	.cfi_def_cfa 7, 8
	ret
	.cfi_endproc
	.size	f, .-f
