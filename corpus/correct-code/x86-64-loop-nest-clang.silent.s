// arch: x86-64
// expect: silent
// flags: clang-19 -O2
// why: loops with several exits and a shared epilogue
// c: int g(int);
// c: int f(int *p, int n) { int s = 0; for (int i = 0; i < n; i++) { for (int j = i; j < n; j++) { if (p[j] < 0)
// c: return -1; s += g(p[j]); } if (s > 1000) break; } return s + n; }

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
	movl	%esi, %ebx
	testl	%esi, %esi
	jle	.LBB0_1
	movq	%rdi, %r14
	movl	%ebx, %r13d
	xorl	%r12d, %r12d
	movq	%r13, (%rsp)
	xorl	%ebp, %ebp
.LBB0_3:
	xorl	%r15d, %r15d
	.p2align	4, 0x90
.LBB0_4:
	movl	(%r14,%r15,4), %edi
	testl	%edi, %edi
	js	.LBB0_5
	callq	g
	addl	%eax, %ebp
	incq	%r15
	cmpq	%r15, %r13
	jne	.LBB0_4
	cmpl	$1000, %ebp
	jg	.LBB0_9
	incq	%r12
	addq	$4, %r14
	decq	%r13
	cmpq	(%rsp), %r12
	jne	.LBB0_3
	jmp	.LBB0_9
.LBB0_5:
	movl	$-1, %ebp
	jmp	.LBB0_10
.LBB0_1:
	xorl	%ebp, %ebp
.LBB0_9:
	addl	%ebx, %ebp
.LBB0_10:
	movl	%ebp, %eax
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
