// arch: x86-64
// expect: silent
// flags: clang-19 -O2
// why: all callee-saved registers are in use
// c: int g(int);
// c: int f(int *p) { int a = p[0], b = p[1], c = p[2], d = p[3], e = p[4], h = p[5], i = p[6], j = p[7], k = p[8];
// c: g(a); return a * b + c * d + e * h + i * j + k * g(b) + a * c * e * i + b * d * h * j; }

	.text
	.globl	f
	.p2align	4, 0x90
	.type	f,@function
f:
	.cfi_startproc
	pushq	%rbp
	.cfi_def_cfa_offset 16
	pushq	%r15
	.cfi_def_cfa_offset 24
	pushq	%r14
	.cfi_def_cfa_offset 32
	pushq	%r13
	.cfi_def_cfa_offset 40
	pushq	%r12
	.cfi_def_cfa_offset 48
	pushq	%rbx
	.cfi_def_cfa_offset 56
	pushq	%rax
	.cfi_def_cfa_offset 64
	.cfi_offset %rbx, -56
	.cfi_offset %r12, -48
	.cfi_offset %r13, -40
	.cfi_offset %r14, -32
	.cfi_offset %r15, -24
	.cfi_offset %rbp, -16
	movl	(%rdi), %ebp
	movl	4(%rdi), %ebx
	movl	8(%rdi), %r15d
	movl	12(%rdi), %r14d
	movl	20(%rdi), %eax
	movl	24(%rdi), %ecx
	movl	32(%rdi), %edx
	movl	%edx, 4(%rsp)
	movl	%r15d, %r13d
	imull	%ebp, %r13d
	movl	%r14d, %r12d
	imull	%ebx, %r12d
	imull	%eax, %r12d
	addl	%ecx, %r12d
	imull	28(%rdi), %r12d
	imull	%ecx, %r13d
	addl	%eax, %r13d
	imull	16(%rdi), %r13d
	movl	%ebp, %edi
	callq	g
	imull	%ebx, %ebp
	imull	%r15d, %r14d
	addl	%ebp, %r14d
	addl	%r13d, %r14d
	movl	%ebx, %edi
	callq	g
	imull	4(%rsp), %eax
	addl	%r12d, %eax
	addl	%r14d, %eax
	addq	$8, %rsp
	.cfi_def_cfa_offset 56
	popq	%rbx
	.cfi_def_cfa_offset 48
	popq	%r12
	.cfi_def_cfa_offset 40
	popq	%r13
	.cfi_def_cfa_offset 32
	popq	%r14
	.cfi_def_cfa_offset 24
	popq	%r15
	.cfi_def_cfa_offset 16
	popq	%rbp
	.cfi_def_cfa_offset 8
	retq
	.size	f, .-f
	.cfi_endproc
