// arch: x86-64
// expect: silent
// flags: clang-16 -O1 -mcmodel=large -fPIC
// source: clang-16 -O1 -mcmodel=large -fPIC, shortened
// why: the table's address is kept on the stack, and so is the address of the global offset table that it was made with

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
	pushq	%rbx
	subq	$24, %rsp
	.cfi_offset %rbx, -24
	movq	%rdi, %rbx
6:	leaq	6b(%rip), %rcx
	movabsq	$_GLOBAL_OFFSET_TABLE_-6b, %rdx
	addq	%rcx, %rdx
	movq	%rdx, -16(%rbp)
	testl	%esi, %esi
	je	.Lbehind
	movabsq	$g@GOT, %rax
	call	*(%rdx,%rax)
.Lbehind:
	movq	-16(%rbp), %rcx
	movabsq	$.Ltable@GOTOFF, %rax
	addq	%rcx, %rax
	movq	%rax, -24(%rbp)
.Lloop:
	movq	-16(%rbp), %rcx
	movabsq	$h@GOT, %rax
	call	*(%rcx,%rax)
	cmpq	$2, %rbx
	ja	.Lout
	movq	-24(%rbp), %rcx
	movslq	(%rcx,%rbx,4), %rax
	addq	%rcx, %rax
	jmp	*%rax
.Lone:
	movl	$1, %ebx
	jmp	.Lloop
.Ltwo:
	xorl	%ebx, %ebx
	jmp	.Lloop
.Lout:
	addq	$24, %rsp
	popq	%rbx
	popq	%rbp
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
