// arch: x86-64
// rule: OH309
// expect: advice OH309 f+0x1e
// flags: clang-19 -O2 -mno-red-zone
// why: without a red zone whoever interrupts the epilogue may overwrite the slots that its rows still name
// c: int g(int);
// c: int f(int a, int b) { int x = g(a); return x + g(b) + a; }

	.text
	.globl	f
	.p2align	4, 0x90
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
	movl	%esi, %ebx
	movl	%edi, %ebp
	callq	g
	movl	%eax, %r14d
	movl	%ebx, %edi
	callq	g
	addl	%ebp, %r14d
	addl	%r14d, %eax
	popq	%rbx
	.cfi_def_cfa_offset 24
	popq	%r14
	.cfi_def_cfa_offset 16
	popq	%rbp
	.cfi_def_cfa_offset 8
	retq
	.size	f, .-f
	.cfi_endproc
