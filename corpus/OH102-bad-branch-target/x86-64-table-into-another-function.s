// arch: x86-64
// rule: OH102
// expect: OH102 f+0x15
// flags: gcc-12 -O2
// source: gcc-12 -O2, reduced
// why: the second of three entries leads into the middle of g; the others are cases of f, so it is no table of functions

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	cmpl	$2, %edi
	ja	.Ldefault
	leaq	.Ltable(%rip), %rdx
	movl	%edi, %edi
	movslq	(%rdx,%rdi,4), %rax
	addq	%rdx, %rax
	jmp	*%rax
.Lone:
	movl	$1, %eax
	ret
.Lthree:
	movl	$3, %eax
	ret
.Ldefault:
	xorl	%eax, %eax
	ret
	.cfi_endproc
	.size	f, .-f
	.type	g, %function
g:
	.cfi_startproc
	leal	1(%rdi), %eax
.Lother:
	addl	%eax, %eax
	ret
	.cfi_endproc
	.size	g, .-g

	.section	.rodata
	.p2align 2
.Ltable:
	.long	.Lone-.Ltable
	.long	.Lother-.Ltable
	.long	.Lthree-.Ltable
