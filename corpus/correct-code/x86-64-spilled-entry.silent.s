// arch: x86-64
// expect: silent
// flags: gcc-12 -O2
// source: gcc-12 -O2, shortened
// why: the entry is read before the loop, kept on the stack and added to the table's address in it

	.text
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset 16
	.cfi_offset 3, -16
	subq	$16, %rsp
	.cfi_def_cfa_offset 32
	movl	%edi, %edx
	leaq	.Ltable(%rip), %rbx
	andl	$3, %edx
	movslq	(%rbx,%rdx,4), %rsi
	movq	%rsi, 8(%rsp)
.Lloop:
	movq	8(%rsp), %rcx
	leaq	(%rbx,%rcx), %rdx
	jmp	*%rdx
.Lone:
	call	g@PLT
	testl	%eax, %eax
	jne	.Lloop
.Ltwo:
	addq	$16, %rsp
	.cfi_def_cfa_offset 16
	popq	%rbx
	.cfi_def_cfa_offset 8
	ret
	.cfi_endproc
	.size	f, .-f

	.section	.rodata
	.p2align	2
.Ltable:
	.long	.Lone-.Ltable
	.long	.Ltwo-.Ltable
	.long	.Lone-.Ltable
	.long	.Ltwo-.Ltable
