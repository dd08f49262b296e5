// arch: x86-64
// link: ld.lld-19 -shared --strip-all -Ttext=0x10000
// expect: silent
// source: LLVM's generated matchers, clang-19, reduced
// why: the index is a byte that is not 0, less one, which is no more than its type tells; the table has as many entries as
//   there are cases, and g's table begins behind it. (Read with f's, g's entries lead into f's last instruction.)

	.text
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	movzbl	(%rdi), %eax
	testb	%al, %al
	je	.Lnone
	decl	%eax
	leaq	.Lf_table(%rip), %rcx
	movslq	(%rcx,%rax,4), %rax
	addq	%rcx, %rax
	jmpq	*%rax
.Lf1:
	xorl	%eax, %eax
	retq
.Lf2:
	movl	$2, %eax
	retq
.Lnone:
	xorl	%edx, %edx
	movabsq	$0x1122334455667788, %rax
	retq
	.cfi_endproc
	.size	f, .-f
	.globl	g
	.hidden	g
	.type	g, @function
g:
	.cfi_startproc
	leaq	.Lg_table(%rip), %rcx
	movzbl	(%rdi), %eax
	testb	%al, %al
	je	.Lg1
	decl	%eax
	incq	%rdi
	movslq	(%rcx,%rax,4), %rax
	addq	%rcx, %rax
	jmpq	*%rax
.Lg1:
	xorl	%eax, %eax
	retq
	.cfi_endproc
	.size	g, .-g
	.section	.rodata,"a",@progbits
	.p2align	2
.Lf_table:
	.long	.Lf1-.Lf_table
	.long	.Lf2-.Lf_table
.Lg_table:
	.rept	255
	.long	g-.Lg_table
	.endr
