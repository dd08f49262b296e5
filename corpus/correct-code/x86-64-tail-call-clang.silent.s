// arch: x86-64
// expect: silent
// flags: clang-19 -O2
// why: tail calls behind an epilogue, direct and through a pointer
// c: int g(int);
// c: int t(int);
// c: int f(int a, int (*p)(int)) { int x = g(a); if (x & 1) return t(x + a); return p(x); }

	.text
	.globl	f
	.p2align	4, 0x90
	.type	f,@function
f:
	.cfi_startproc
	pushq	%r14
	.cfi_def_cfa_offset 16
	pushq	%rbx
	.cfi_def_cfa_offset 24
	pushq	%rax
	.cfi_def_cfa_offset 32
	.cfi_offset %rbx, -24
	.cfi_offset %r14, -16
	movq	%rsi, %r14
	movl	%edi, %ebx
	callq	g
	testb	$1, %al
	jne	.LBB0_1
	movl	%eax, %edi
	movq	%r14, %rax
	addq	$8, %rsp
	.cfi_def_cfa_offset 24
	popq	%rbx
	.cfi_def_cfa_offset 16
	popq	%r14
	.cfi_def_cfa_offset 8
	jmpq	*%rax
.LBB0_1:
	.cfi_def_cfa_offset 32
	addl	%ebx, %eax
	movl	%eax, %edi
	addq	$8, %rsp
	.cfi_def_cfa_offset 24
	popq	%rbx
	.cfi_def_cfa_offset 16
	popq	%r14
	.cfi_def_cfa_offset 8
	jmp	t
	.size	f, .-f
	.cfi_endproc
