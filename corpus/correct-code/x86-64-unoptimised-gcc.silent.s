// arch: x86-64
// expect: silent
// flags: gcc-12 -O0
// why: every value lives in the frame
// c: int g(int);
// c: int f(int a, int b) { int x = g(a); return x + g(b) + a; }

	.text
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	pushq	%rbp
	.cfi_def_cfa_offset 16
	.cfi_offset 6, -16
	movq	%rsp, %rbp
	.cfi_def_cfa_register 6
	subq	$32, %rsp
	movl	%edi, -20(%rbp)
	movl	%esi, -24(%rbp)
	movl	-20(%rbp), %eax
	movl	%eax, %edi
	call	g
	movl	%eax, -4(%rbp)
	movl	-24(%rbp), %eax
	movl	%eax, %edi
	call	g
	movl	-4(%rbp), %edx
	addl	%eax, %edx
	movl	-20(%rbp), %eax
	addl	%edx, %eax
	leave
	.cfi_def_cfa 7, 8
	ret
	.cfi_endproc
	.size	f, .-f
