// arch: x86-64
// expect: silent
// flags: clang-19 -O2 -fno-omit-frame-pointer
// why: the frame pointer is kept everywhere
// c: int g(int);
// c: int f(int a, int b) { int x = g(a); if (x > b) return g(b) + x; return x; }

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
	pushq	%rax
	.cfi_offset %rbx, -24
	movl	%esi, %ebx
	callq	g
	cmpl	%ebx, %eax
	jle	.LBB0_2
	movl	%ebx, %edi
	movl	%eax, %ebx
	callq	g
	movl	%eax, %ecx
	movl	%ebx, %eax
	addl	%ecx, %eax
.LBB0_2:
	addq	$8, %rsp
	popq	%rbx
	popq	%rbp
	.cfi_def_cfa %rsp, 8
	retq
	.size	f, .-f
	.cfi_endproc
