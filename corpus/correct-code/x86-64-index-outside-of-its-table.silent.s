// arch: x86-64
// expect: silent
// flags: gcc-12 -O0
// source: gcc-12 -O0: "while ((x = f(r)) != 3) ...; switch (x) { case 10: ...; default: __builtin_unreachable(); }", shortened
// why: x is 3 here and the first case 10, so that the jump is never made; what stands 28 bytes before the table is
//      an entry of another table, and no place in this function

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rbp
	.cfi_def_cfa_offset 16
	.cfi_offset 6, -16
	movq	%rsp, %rbp
	.cfi_def_cfa_register 6
	subq	$16, %rsp
.Lagain:
	call	g
	cltq
	movq	%rax, -8(%rbp)
	cmpq	$3, -8(%rbp)
	jne	.Lagain
	movq	-8(%rbp), %rax
	subq	$10, %rax
	leaq	0(,%rax,4), %rdx
	leaq	.Ltable(%rip), %rax
	movl	(%rdx,%rax), %eax
	cltq
	leaq	.Ltable(%rip), %rdx
	addq	%rdx, %rax
	jmp	*%rax
.Lten:
	movl	$1, %eax
	jmp	.Lout
.Leleven:
	movl	$2, %eax
.Lout:
	leave
	.cfi_def_cfa 7, 8
	ret
	.cfi_endproc
	.size	f, .-f
	.globl	other
	.type	other, %function
other:
	.cfi_startproc
	cmpl	$7, %edi
	ja	.Ldefault
	movl	%edi, %edi
	leaq	.Lothers(%rip), %rdx
	movslq	(%rdx,%rdi,4), %rax
	addq	%rdx, %rax
	jmp	*%rax
.Lcase:
	movl	$3, %eax
	ret
.Ldefault:
	xorl	%eax, %eax
	ret
	.cfi_endproc
	.size	other, .-other

	.section	.rodata
	.p2align	2
.Lothers:
	.long	.Lcase-.Lothers
	.long	.Lcase-.Lothers
	.long	.Lcase-.Lothers
	.long	.Ldefault-.Lothers
	.long	.Lcase-.Lothers
	.long	.Lcase-.Lothers
	.long	.Lcase-.Lothers
	.long	.Ldefault-.Lothers
.Ltable:
	.long	.Lten-.Ltable
	.long	.Leleven-.Ltable
