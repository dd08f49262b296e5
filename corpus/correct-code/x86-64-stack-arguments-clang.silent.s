// arch: x86-64
// expect: silent
// flags: clang-19 -O2
// why: arguments are pushed for one call and taken back
// c: int g(int, int, int, int, int, int, int, int, int, int);
// c: int f(int a) { return g(a, 2, 3, 4, 5, 6, 7, 8, 9, a) + g(1, a, 3, 4, 5, 6, 7, 8, a, 10) + a; }

	.text
	.globl	f
	.p2align	4, 0x90
	.type	f,@function
f:
	.cfi_startproc
	pushq	%rbp
	.cfi_def_cfa_offset 16
	pushq	%rbx
	.cfi_def_cfa_offset 24
	pushq	%rax
	.cfi_def_cfa_offset 32
	.cfi_offset %rbx, -24
	.cfi_offset %rbp, -16
	movl	%edi, %ebx
	movl	$2, %esi
	movl	$3, %edx
	movl	$4, %ecx
	movl	$5, %r8d
	movl	$6, %r9d
	pushq	%rbx
	.cfi_adjust_cfa_offset 8
	pushq	$9
	.cfi_adjust_cfa_offset 8
	pushq	$8
	.cfi_adjust_cfa_offset 8
	pushq	$7
	.cfi_adjust_cfa_offset 8
	callq	g
	addq	$32, %rsp
	.cfi_adjust_cfa_offset -32
	movl	%eax, %ebp
	movl	$1, %edi
	movl	%ebx, %esi
	movl	$3, %edx
	movl	$4, %ecx
	movl	$5, %r8d
	movl	$6, %r9d
	pushq	$10
	.cfi_adjust_cfa_offset 8
	pushq	%rbx
	.cfi_adjust_cfa_offset 8
	pushq	$8
	.cfi_adjust_cfa_offset 8
	pushq	$7
	.cfi_adjust_cfa_offset 8
	callq	g
	addq	$32, %rsp
	.cfi_adjust_cfa_offset -32
	addl	%ebx, %ebp
	addl	%ebp, %eax
	addq	$8, %rsp
	.cfi_def_cfa_offset 24
	popq	%rbx
	.cfi_def_cfa_offset 16
	popq	%rbp
	.cfi_def_cfa_offset 8
	retq
	.size	f, .-f
	.cfi_endproc
