// arch: x86-64
// expect: silent
// flags: clang-19 -Os -fsanitize=address
// source: clang-19 -Os -fsanitize=address, shortened
// why: the entry is kept in the frame, whose base is %rbx

	.text
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	pushq	%rbp
	.cfi_def_cfa_offset 16
	.cfi_offset %rbp, -16
	movq	%rsp, %rbp
	.cfi_def_cfa_register %rbp
	pushq	%rbx
	andq	$-32, %rsp
	subq	$64, %rsp
	.cfi_offset %rbx, -24
	movq	%rsp, %rbx
	cmpl	$2, %edi
	ja	.Lout
	movl	%edi, %eax
	leaq	.Ltable(%rip), %rcx
	movslq	(%rcx,%rax,4), %rax
	addq	%rcx, %rax
	movq	%rax, 8(%rbx)
.Lloop:
	leaq	16(%rsp), %rdi
	call	g
	testl	%eax, %eax
	je	.Lout
	jmp	*8(%rbx)
.Lone:
	movl	$1, (%rsp)
	jmp	.Lloop
.Ltwo:
	movl	$2, (%rsp)
	jmp	.Lloop
.Lout:
	leaq	-8(%rbp), %rsp
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
	.long	.Lone-.Ltable
