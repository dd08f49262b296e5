// arch: x86-64
// rule: OH102
// expect: silent
// flags: gcc-12 -O2
// source: gcc-12 -O2, shortened
// why: the same table with the entry that is meant

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	cmpl	$2, %edi
	ja	.Ldefault
	leaq	.Ltable(%rip), %rdx
	movl	%edi, %eax
	movslq	(%rdx,%rax,4), %rax
	addq	%rdx, %rax
	jmp	*%rax
	.section	.rodata
	.p2align	2
.Ltable:
	.long	.Lzero-.Ltable
	.long	.Lone-.Ltable
	.long	.Ltwo-.Ltable
	.text
.Lzero:
	xorl	%eax, %eax
	testl	%esi, %esi
	je	.Ldefault
.Lone:
	movq	%rsi, %rax
	ret
.Ltwo:
	leal	1(%rsi), %eax
	ret
.Ldefault:
	movl	$7, %eax
	ret
	.cfi_endproc
	.size	f, .-f
