// arch: x86-64
// expect: silent
// flags: clang-19 -O2
// source: clang-14 -O1, which asks for some cases first and leaves their entries in the table, shortened
// why: the index, which is cut from a longer value, is not 1 or 2 at the jump; their entries lead to code of another frame

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	movl	%edi, %eax
	shrl	$5, %eax
	andl	$3, %eax
	leal	-1(%rax), %ecx
	cmpl	$2, %ecx
	jb	.Ldefault
	leaq	.Ltable(%rip), %rdx
	movslq	(%rdx,%rax,4), %rax
	addq	%rdx, %rax
	jmp	*%rax
.Lzero:
	pushq	%rbx
	.cfi_def_cfa_offset 16
	.cfi_offset 3, -16
	movl	%esi, %ebx
	call	g
.Lframe:
	addl	%ebx, %eax
	popq	%rbx
	.cfi_restore 3
	.cfi_def_cfa_offset 8
	ret
.Ltwo:
	leal	1(%rsi), %eax
	ret
.Ldefault:
	movl	$7, %eax
	ret
	.cfi_endproc
	.size	f, .-f

	.section	.rodata
	.p2align	2
.Ltable:
	.long	.Lzero-.Ltable
	.long	.Lframe-.Ltable
	.long	.Lframe-.Ltable
	.long	.Ltwo-.Ltable
