// arch: x86-64
// expect: silent
// flags: gcc-12 -Os
// why: -Os and -Oz: short forms, push and pop of immediates
// c: int g(int, int);
// c: int f(int a) { return g(1, a) + g(2, a) * g(3, a); }

	.text
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	pushq	%r12
	.cfi_def_cfa_offset 16
	.cfi_offset 12, -16
	movl	%edi, %esi
	pushq	%rbp
	.cfi_def_cfa_offset 24
	.cfi_offset 6, -24
	movl	%edi, %ebp
	movl	$1, %edi
	pushq	%rbx
	.cfi_def_cfa_offset 32
	.cfi_offset 3, -32
	call	g
	movl	%ebp, %esi
	movl	$2, %edi
	movl	%eax, %r12d
	call	g
	movl	%ebp, %esi
	movl	$3, %edi
	movl	%eax, %ebx
	call	g
	imull	%eax, %ebx
	leal	(%rbx,%r12), %eax
	popq	%rbx
	.cfi_def_cfa_offset 24
	popq	%rbp
	.cfi_def_cfa_offset 16
	popq	%r12
	.cfi_def_cfa_offset 8
	ret
	.cfi_endproc
	.size	f, .-f
