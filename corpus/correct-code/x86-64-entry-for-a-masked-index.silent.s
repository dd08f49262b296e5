// arch: x86-64
// expect: silent
// flags: clang-19 -O2
// source: clang-19 -O2, behind "while ((x = f()) & 1)", shortened
// why: the index is even at the jump: the entry of index 1 leads to code of another frame, where it can never take control

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	andl	$2, %edi
	movl	%edi, %eax
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
	.cfi_endproc
	.size	f, .-f

	.section	.rodata
	.p2align	2
.Ltable:
	.long	.Lzero-.Ltable
	.long	.Lframe-.Ltable
	.long	.Ltwo-.Ltable
	.long	.Lzero-.Ltable
