// arch: x86-64
// rule: OH205
// expect: silent
// flags: -O2
// source: gcc-12 -O2
// why: SP differs at the join, and nothing reads it there: the CFA and the epilogue come from the frame pointer

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rbp
	.cfi_def_cfa_offset	16
	.cfi_offset	6, -16
	movq	%rsp, %rbp
	.cfi_def_cfa_register	6
	pushq	%rbx
	.cfi_offset	3, -24
	movl	%edi, %ebx
	xorl	%edi, %edi
	subq	$8, %rsp
	testl	%esi, %esi
	je	.L2
	subq	$48, %rsp
	leaq	15(%rsp), %rdi
	andq	$-16, %rdi
.L2:
	call	g
	leal	1(%rbx), %eax
	movq	-8(%rbp), %rbx
	leave
	.cfi_def_cfa	7, 8
	ret
	.cfi_endproc
	.size	f, .-f
