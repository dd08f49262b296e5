// arch: x86-64
// expect: silent
// flags: clang-19 -O3
// why: a vectorised loop; the scalar tail is shared
// c: void f(float *a, const float *b, int n) { for (int i = 0; i < n; i++) a[i] = a[i] * b[i] + 1.0f; }

	.text
	.section	.rodata.cst16,"aM",@progbits,16
	.p2align	4, 0x0
.LCPI0_0:
	.long	0x3f800000
	.long	0x3f800000
	.long	0x3f800000
	.long	0x3f800000
	.section	.rodata.cst4,"aM",@progbits,4
	.p2align	2, 0x0
.LCPI0_1:
	.long	0x3f800000
	.text
	.globl	f
	.p2align	4, 0x90
	.type	f,@function
f:
	.cfi_startproc
	testl	%edx, %edx
	jle	.LBB0_12
	movl	%edx, %eax
	cmpl	$7, %edx
	jbe	.LBB0_2
	leaq	(%rdi,%rax,4), %rcx
	leaq	(%rsi,%rax,4), %rdx
	cmpq	%rdi, %rdx
	seta	%dl
	cmpq	%rsi, %rcx
	seta	%cl
	testb	%cl, %dl
	je	.LBB0_9
.LBB0_2:
	xorl	%ecx, %ecx
.LBB0_3:
	movq	%rcx, %rdx
	testb	$1, %al
	je	.LBB0_5
	movss	(%rdi,%rcx,4), %xmm0
	mulss	(%rsi,%rcx,4), %xmm0
	addss	.LCPI0_1(%rip), %xmm0
	movss	%xmm0, (%rdi,%rcx,4)
	movq	%rcx, %rdx
	orq	$1, %rdx
.LBB0_5:
	leaq	-1(%rax), %r8
	cmpq	%r8, %rcx
	je	.LBB0_12
	movss	.LCPI0_1(%rip), %xmm0
	.p2align	4, 0x90
.LBB0_7:
	movss	(%rdi,%rdx,4), %xmm1
	movss	4(%rdi,%rdx,4), %xmm2
	mulss	(%rsi,%rdx,4), %xmm1
	addss	%xmm0, %xmm1
	movss	%xmm1, (%rdi,%rdx,4)
	mulss	4(%rsi,%rdx,4), %xmm2
	addss	%xmm0, %xmm2
	movss	%xmm2, 4(%rdi,%rdx,4)
	addq	$2, %rdx
	cmpq	%rdx, %rax
	jne	.LBB0_7
	jmp	.LBB0_12
.LBB0_9:
	movl	%eax, %ecx
	andl	$2147483640, %ecx
	movl	%eax, %edx
	shrl	$3, %edx
	andl	$268435455, %edx
	shlq	$5, %rdx
	xorl	%r8d, %r8d
	movaps	.LCPI0_0(%rip), %xmm0
	.p2align	4, 0x90
.LBB0_10:
	movups	(%rdi,%r8), %xmm1
	movups	16(%rdi,%r8), %xmm2
	movups	(%rsi,%r8), %xmm3
	mulps	%xmm1, %xmm3
	movups	16(%rsi,%r8), %xmm1
	mulps	%xmm2, %xmm1
	addps	%xmm0, %xmm3
	addps	%xmm0, %xmm1
	movups	%xmm3, (%rdi,%r8)
	movups	%xmm1, 16(%rdi,%r8)
	addq	$32, %r8
	cmpq	%r8, %rdx
	jne	.LBB0_10
	cmpl	%eax, %ecx
	jne	.LBB0_3
.LBB0_12:
	retq
	.size	f, .-f
	.cfi_endproc
