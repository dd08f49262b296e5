// arch: x86-64
// expect: OH103 f+0x72
// expect: unproved indirect-jump f
// flags: clang-16 -O1 -mcmodel=large -fPIC
// source: the twin of x86-64-table-spilled-in-two-steps.silent.s
// why: on one of the ways something else is stored for the address of the global offset table

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
	movq	%rax, -16(%rbp)	# planted
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
