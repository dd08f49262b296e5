// arch: x86-64
// expect: OH103 f+0x3a
// expect: suspect OH202 f+0x37
// expect: suspect OH202 f+0x37
// expect: suspect OH204 f+0x37
// expect: unproved indirect-jump f
// flags: clang-19 -Os -fsanitize=address
// source: the twin of x86-64-entry-spilled-to-realigned-frame.silent.s
// why: what %rbx points to is the caller's, and the callee may change it

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
	movq	%rdx, %rbx	# planted
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
