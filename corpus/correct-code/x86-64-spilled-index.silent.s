// arch: x86-64
// expect: silent
// flags: clang-16 -O2
// source: clang-16 -O2, shortened
// why: the index is kept on the stack across a call in the loop; at both jumps it is not 1, whose entry leads to code of
//      another frame, where it can never take control

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	cmpl	$3, %edi
	ja	.Ldefault
	cmpl	$1, %edi
	je	.Ldefault
	pushq	%r14
	.cfi_def_cfa_offset 16
	.cfi_offset 14, -16
	pushq	%r15
	.cfi_def_cfa_offset 24
	.cfi_offset 15, -24
	subq	$24, %rsp
	.cfi_def_cfa_offset 48
	movl	%edi, %r14d
	leaq	.Ltable(%rip), %r15
	movslq	(%r15,%r14,4), %rax
	addq	%r15, %rax
	movq	%r14, 8(%rsp)
	jmp	*%rax
.Lzero:
	call	g
	movl	%eax, %r14d
	call	g
	movq	8(%rsp), %r14
.Ltwo:
	testl	%eax, %eax
	je	.Lout
	movslq	(%r15,%r14,4), %rax
	addq	%r15, %rax
	jmp	*%rax
.Lout:
	addq	$24, %rsp
	.cfi_def_cfa_offset 24
	popq	%r15
	.cfi_def_cfa_offset 16
	popq	%r14
	.cfi_def_cfa_offset 8
.Ldefault:
	.cfi_restore 14
	.cfi_restore 15
	movl	$7, %eax
	ret
	.cfi_endproc
	.size	f, .-f

	.section	.rodata
	.p2align	2
.Ltable:
	.long	.Lzero-.Ltable
	.long	.Ldefault-.Ltable
	.long	.Ltwo-.Ltable
	.long	.Lzero-.Ltable
