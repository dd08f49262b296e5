// arch: x86-64
// expect: silent
// flags: gcc-12 -O2
// why: loops with several exits and a shared epilogue
// c: int g(int);
// c: int f(int *p, int n) { int s = 0; for (int i = 0; i < n; i++) { for (int j = i; j < n; j++) { if (p[j] < 0)
// c: return -1; s += g(p[j]); } if (s > 1000) break; } return s + n; }

	.text
	.p2align 4
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	pushq	%r15
	.cfi_def_cfa_offset 16
	.cfi_offset 15, -16
	movslq	%esi, %rax
	pushq	%r14
	.cfi_def_cfa_offset 24
	.cfi_offset 14, -24
	movq	%rdi, %r14
	pushq	%r13
	.cfi_def_cfa_offset 32
	.cfi_offset 13, -32
	movq	%rax, %r13
	pushq	%r12
	.cfi_def_cfa_offset 40
	.cfi_offset 12, -40
	xorl	%r12d, %r12d
	pushq	%rbp
	.cfi_def_cfa_offset 48
	.cfi_offset 6, -48
	pushq	%rbx
	.cfi_def_cfa_offset 56
	.cfi_offset 3, -56
	xorl	%ebx, %ebx
	subq	$24, %rsp
	.cfi_def_cfa_offset 80
	movq	%rax, 8(%rsp)
	testl	%eax, %eax
	jle	.L1
.L7:
	cmpl	%r12d, %r13d
	jle	.L6
	movl	%r13d, %eax
	leaq	(%r14,%r12,4), %r15
	subl	%r12d, %eax
	addq	%r12, %rax
	leaq	(%r14,%rax,4), %rbp
	jmp	.L5
	.p2align 4
.L18:
	call	g
	addq	$4, %r15
	addl	%eax, %ebx
	cmpq	%rbp, %r15
	je	.L17
.L5:
	movl	(%r15), %edi
	testl	%edi, %edi
	jns	.L18
	movl	$-1, %eax
.L1:
	addq	$24, %rsp
	.cfi_remember_state
	.cfi_def_cfa_offset 56
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
	.p2align 4
.L17:
	.cfi_restore_state
	cmpl	$1000, %ebx
	jg	.L15
.L6:
	movq	8(%rsp), %rax
	addq	$1, %r12
	cmpq	%rax, %r12
	jne	.L7
.L15:
	leal	0(%r13,%rbx), %eax
	jmp	.L1
	.cfi_endproc
	.size	f, .-f
