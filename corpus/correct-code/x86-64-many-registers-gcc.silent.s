// arch: x86-64
// expect: silent
// flags: gcc-12 -O2
// why: all callee-saved registers are in use
// c: int g(int);
// c: int f(int *p) { int a = p[0], b = p[1], c = p[2], d = p[3], e = p[4], h = p[5], i = p[6], j = p[7], k = p[8];
// c: g(a); return a * b + c * d + e * h + i * j + k * g(b) + a * c * e * i + b * d * h * j; }

	.text
	.p2align 4
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	pushq	%r15
	.cfi_def_cfa_offset 16
	.cfi_offset 15, -16
	pushq	%r14
	.cfi_def_cfa_offset 24
	.cfi_offset 14, -24
	pushq	%r13
	.cfi_def_cfa_offset 32
	.cfi_offset 13, -32
	pushq	%r12
	.cfi_def_cfa_offset 40
	.cfi_offset 12, -40
	pushq	%rbp
	.cfi_def_cfa_offset 48
	.cfi_offset 6, -48
	pushq	%rbx
	.cfi_def_cfa_offset 56
	.cfi_offset 3, -56
	subq	$24, %rsp
	.cfi_def_cfa_offset 80
	movl	(%rdi), %ebx
	movl	8(%rdi), %r15d
	movl	28(%rdi), %esi
	movl	32(%rdi), %edx
	movl	20(%rdi), %eax
	movl	4(%rdi), %ebp
	movl	12(%rdi), %r12d
	movl	16(%rdi), %r14d
	movl	%esi, 4(%rsp)
	movl	24(%rdi), %r13d
	movl	%ebx, %edi
	movl	%edx, 12(%rsp)
	movl	%eax, (%rsp)
	call	g
	movl	%ebx, %eax
	movl	%r15d, %ecx
	movl	4(%rsp), %edx
	imull	%r12d, %ecx
	imull	%ebp, %eax
	imull	%r13d, %edx
	imull	%r15d, %ebx
	addl	%ecx, %eax
	movl	(%rsp), %ecx
	imull	%r14d, %ecx
	imull	%r14d, %ebx
	addl	%ecx, %eax
	imull	%r13d, %ebx
	leal	(%rax,%rdx), %edi
	movl	%edi, 8(%rsp)
	movl	%ebp, %edi
	imull	%r12d, %ebp
	call	g
	movl	(%rsp), %ecx
	movl	12(%rsp), %edx
	movl	8(%rsp), %edi
	imull	%ecx, %ebp
	imull	%edx, %eax
	movl	4(%rsp), %edx
	addq	$24, %rsp
	.cfi_def_cfa_offset 56
	imull	%edx, %ebp
	addl	%edi, %eax
	addl	%eax, %ebx
	leal	(%rbx,%rbp), %eax
	popq	%rbx
	.cfi_def_cfa_offset 48
	popq	%rbp
	.cfi_def_cfa_offset 40
	popq	%r12
	.cfi_def_cfa_offset 32
	popq	%r13
	.cfi_def_cfa_offset 24
	popq	%r14
	.cfi_def_cfa_offset 16
	popq	%r15
	.cfi_def_cfa_offset 8
	ret
	.cfi_endproc
	.size	f, .-f
