// arch: x86-64
// expect: silent
// flags: clang-19 -O2
// why: SP is realigned to 64 bytes; the way back is the frame pointer
// c: void g(int *);
// c: int f(int n) { _Alignas(64) int a[16]; g(a); return a[n]; }

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
	pushq	%rbx
	andq	$-64, %rsp
	subq	$128, %rsp
	.cfi_offset %rbx, -24
	movl	%edi, %ebx
	movq	%rsp, %rdi
	callq	g
	movslq	%ebx, %rax
	movl	(%rsp,%rax,4), %eax
	leaq	-8(%rbp), %rsp
	popq	%rbx
	popq	%rbp
	.cfi_def_cfa %rsp, 8
	retq
	.size	f, .-f
	.cfi_endproc
