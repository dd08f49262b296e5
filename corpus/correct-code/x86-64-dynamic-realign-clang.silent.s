// arch: x86-64
// expect: silent
// flags: clang-19 -O2
// why: a realigned frame with a variable-length array and arguments on the stack
// c: void g(int *, char *);
// c: int f(int a, int b, int c, int d, int e, int x, int y) { char buf[y]; _Alignas(32) int v[8]; g(v, buf); return
// c: v[0] + y + buf[1]; }

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
	andq	$-32, %rsp
	subq	$64, %rsp
	movq	%rsp, %rbx
	.cfi_offset %rbx, -48
	.cfi_offset %r12, -40
	.cfi_offset %r14, -32
	.cfi_offset %r15, -24
	movl	16(%rbp), %r14d
	movq	%rsp, %r15
	movq	%r14, %r12
	addq	$15, %r12
	andq	$-16, %r12
	movq	%r15, %rsi
	subq	%r12, %rsi
	movq	%rsi, %rsp
	movq	%rbx, %rdi
	callq	g
	movl	(%rbx), %ecx
	addl	%r14d, %ecx
	negq	%r12
	movsbl	1(%r15,%r12), %eax
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
