// arch: x86-64
// rule: OH202
// expect: OH202 f+0x6f
// expect: OH302 f+0x6e
// flags: -O1 -mcmodel=large -fPIC
// source: the twin of correct-code/x86-64-index-of-many-terms.silent.s
// why: a case that only the table leads to loses the caller's %rbx

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rbp
	.cfi_def_cfa_offset 16
	.cfi_offset %rbp, -16
	movq	%rsp, %rbp
	.cfi_def_cfa_register %rbp
	subq	$32, %rsp
6:	leaq	6b(%rip), %rcx
	movabsq	$_GLOBAL_OFFSET_TABLE_-6b, %rdx
	addq	%rcx, %rdx
	movq	%rdx, -16(%rbp)
	movq	%rdi, -8(%rbp)
	movq	%rsi, -24(%rbp)
	movabsq	$g@GOT, %rax
	call	*(%rdx,%rax)
	movq	%rax, %rcx
	addq	-8(%rbp), %rcx
	subq	-24(%rbp), %rcx
	cmpq	$2, %rcx
	ja	.Lout
	movq	-16(%rbp), %rdx
	movabsq	$.Ltable@GOTOFF, %rax
	addq	%rdx, %rax
	movslq	(%rax,%rcx,4), %rcx
	addq	%rcx, %rax
	jmp	*%rax
.Lone:
	movl	$1, %eax
	jmp	.Lout
.Ltwo:
	xorl	%eax, %eax
	movl	$7, %ebx	# planted
.Lout:
	leave
	.cfi_def_cfa %rsp, 8
	ret
	.cfi_endproc
	.size	f, .-f

	.section	.rodata
	.p2align	2
.Ltable:
	.long	.Lone-.Ltable
	.long	.Ltwo-.Ltable
	.long	.Lout-.Ltable
