// arch: x86-64
// expect: silent
// flags: gcc-12 -O3
// why: a vectorised loop; the scalar tail is shared
// c: void f(float *a, const float *b, int n) { for (int i = 0; i < n; i++) a[i] = a[i] * b[i] + 1.0f; }

	.text
	.p2align 4
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	movq	%rdi, %rcx
	testl	%edx, %edx
	jle	.L1
	cmpl	$1, %edx
	je	.L3
	leaq	4(%rsi), %rdi
	movq	%rcx, %rax
	subq	%rdi, %rax
	cmpq	$8, %rax
	ja	.L24
.L3:
	movslq	%edx, %rdx
	movss	.LC1(%rip), %xmm1
	xorl	%eax, %eax
	salq	$2, %rdx
	.p2align 4
.L9:
	movss	(%rcx,%rax), %xmm0
	mulss	(%rsi,%rax), %xmm0
	addss	%xmm1, %xmm0
	movss	%xmm0, (%rcx,%rax)
	addq	$4, %rax
	cmpq	%rax, %rdx
	jne	.L9
.L1:
	ret
	.p2align 4
.L24:
	leal	-1(%rdx), %eax
	movl	%edx, %r8d
	cmpl	$2, %eax
	jbe	.L11
	movl	%edx, %edi
	movss	.LC1(%rip), %xmm1
	xorl	%eax, %eax
	shrl	$2, %edi
	salq	$4, %rdi
	shufps	$0, %xmm1, %xmm1
	.p2align 4
.L5:
	movups	(%rcx,%rax), %xmm0
	movups	(%rsi,%rax), %xmm2
	mulps	%xmm2, %xmm0
	addps	%xmm1, %xmm0
	movups	%xmm0, (%rcx,%rax)
	addq	$16, %rax
	cmpq	%rdi, %rax
	jne	.L5
	movl	%edx, %eax
	andl	$-4, %eax
	movl	%eax, %edi
	cmpl	%eax, %edx
	je	.L1
	subl	%eax, %edx
	movl	%edx, %r8d
	cmpl	$1, %edx
	je	.L7
.L4:
	movl	%edi, %edx
	leaq	(%rcx,%rdx,4), %rdi
	movq	(%rsi,%rdx,4), %xmm0
	movq	(%rdi), %xmm1
	mulps	%xmm1, %xmm0
	movq	.LC2(%rip), %xmm1
	addps	%xmm1, %xmm0
	movlps	%xmm0, (%rdi)
	testb	$1, %r8b
	je	.L1
	andl	$-2, %r8d
	addl	%r8d, %eax
.L7:
	cltq
	leaq	(%rcx,%rax,4), %rdx
	movss	(%rsi,%rax,4), %xmm0
	mulss	(%rdx), %xmm0
	addss	.LC1(%rip), %xmm0
	movss	%xmm0, (%rdx)
	ret
.L11:
	xorl	%edi, %edi
	xorl	%eax, %eax
	jmp	.L4
	.cfi_endproc
	.size	f, .-f
	.set	.LC1,.LC2
	.section	.rodata.cst8,"aM",@progbits,8
	.align 8
.LC2:
	.long	1065353216
	.long	1065353216
