// arch: x86-64
// expect: silent
// flags: gcc-12 -O2
// why: arguments are pushed for one call and taken back
// c: int g(int, int, int, int, int, int, int, int, int, int);
// c: int f(int a) { return g(a, 2, 3, 4, 5, 6, 7, 8, 9, a) + g(1, a, 3, 4, 5, 6, 7, 8, a, 10) + a; }

	.text
	.p2align 4
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	pushq	%rbp
	.cfi_def_cfa_offset 16
	.cfi_offset 6, -16
	movl	$6, %r9d
	movl	$5, %r8d
	movl	%edi, %ebp
	pushq	%rbx
	.cfi_def_cfa_offset 24
	.cfi_offset 3, -24
	movl	$4, %ecx
	movl	$3, %edx
	movl	$2, %esi
	subq	$8, %rsp
	.cfi_def_cfa_offset 32
	pushq	%rdi
	.cfi_def_cfa_offset 40
	pushq	$9
	.cfi_def_cfa_offset 48
	pushq	$8
	.cfi_def_cfa_offset 56
	pushq	$7
	.cfi_def_cfa_offset 64
	call	g
	addq	$32, %rsp
	.cfi_def_cfa_offset 32
	movl	%ebp, %esi
	movl	$4, %ecx
	pushq	$10
	.cfi_def_cfa_offset 40
	movl	$6, %r9d
	movl	$5, %r8d
	movl	%eax, %ebx
	pushq	%rbp
	.cfi_def_cfa_offset 48
	movl	$3, %edx
	movl	$1, %edi
	pushq	$8
	.cfi_def_cfa_offset 56
	pushq	$7
	.cfi_def_cfa_offset 64
	call	g
	addq	$40, %rsp
	.cfi_def_cfa_offset 24
	addl	%ebx, %eax
	popq	%rbx
	.cfi_def_cfa_offset 16
	addl	%ebp, %eax
	popq	%rbp
	.cfi_def_cfa_offset 8
	ret
	.cfi_endproc
	.size	f, .-f
