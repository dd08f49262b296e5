// arch: x86-64
// expect: silent
// flags: clang-19 -Os
// why: -Os and -Oz: short forms, push and pop of immediates
// c: int g(int, int);
// c: int f(int a) { return g(1, a) + g(2, a) * g(3, a); }

	.text
	.globl	f
	.type	f,@function
f:
	.cfi_startproc
	pushq	%rbp
	.cfi_def_cfa_offset 16
	pushq	%r14
	.cfi_def_cfa_offset 24
	pushq	%rbx
	.cfi_def_cfa_offset 32
	.cfi_offset %rbx, -32
	.cfi_offset %r14, -24
	.cfi_offset %rbp, -16
	movl	%edi, %ebx
	movl	$1, %edi
	movl	%ebx, %esi
	callq	g
	movl	%eax, %ebp
	movl	$2, %edi
	movl	%ebx, %esi
	callq	g
	movl	%eax, %r14d
	movl	$3, %edi
	movl	%ebx, %esi
	callq	g
	imull	%r14d, %eax
	addl	%ebp, %eax
	popq	%rbx
	.cfi_def_cfa_offset 24
	popq	%r14
	.cfi_def_cfa_offset 16
	popq	%rbp
	.cfi_def_cfa_offset 8
	retq
	.size	f, .-f
	.cfi_endproc
