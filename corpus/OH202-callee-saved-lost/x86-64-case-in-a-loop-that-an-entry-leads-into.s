// arch: x86-64
// rule: OH202
// expect: OH202 f+0x5d
// flags: clang-19 -O2
// source: the twin of correct-code/x86-64-entry-into-another-loop.silent.s
// why: a case of the second table loses the caller's %rbx

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset 16
	.cfi_offset %rbx, -16
	pushq	%r13
	.cfi_def_cfa_offset 24
	.cfi_offset %r13, -24
	subq	$8, %rsp
	.cfi_def_cfa_offset 32
	movl	%edi, %ebx
	movl	%esi, %r13d
.Lloop1:
	call	g
	testl	%eax, %eax
	je	.Lbetween
	call	h
	movl	%eax, %eax
	leaq	.Lfirst(%rip), %rcx
	movslq	(%rcx,%rax,4), %rax
	addq	%rcx, %rax
	jmp	*%rax
.Lone:
	incl	%ebx
	jmp	.Lloop1
.Ltwo:
	decl	%ebx
	jmp	.Lloop1
.Lbetween:
	leaq	.Lsecond(%rip), %r13
.Lloop2:
	call	g
	cmpl	$2, %eax
	ja	.Lout
	movl	%eax, %eax
	movslq	(%r13,%rax,4), %rax
	addq	%r13, %rax
	jmp	*%rax
.Lthree:
	addl	$3, %ebx
	jmp	.Lloop2
.Lfour:
	addq	$8, %rsp
	.cfi_remember_state
	.cfi_def_cfa_offset 24
	popq	%r13
	.cfi_def_cfa_offset 16
	popq	%rcx	# planted: the caller's %rbx
	.cfi_def_cfa_offset 8
	ret
	.cfi_restore_state
.Lout:
	movl	%ebx, %eax
	addq	$8, %rsp
	.cfi_def_cfa_offset 24
	popq	%r13
	.cfi_def_cfa_offset 16
	popq	%rbx
	.cfi_def_cfa_offset 8
	ret
	.cfi_endproc
	.size	f, .-f

	.section	.rodata
	.p2align	2
.Lfirst:
	.long	.Lone-.Lfirst
	.long	.Lloop2-.Lfirst	# for a value without a case
	.long	.Ltwo-.Lfirst
.Lsecond:
	.long	.Lthree-.Lsecond
	.long	.Lfour-.Lsecond
	.long	.Lthree-.Lsecond
