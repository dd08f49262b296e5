// arch: x86-64
// rule: OH205
// expect: OH205 f+0x1f
// expect: OH205 f+0x22
// expect: OH202 f+0x22
// flags: clang-19 -O2
// why: the entry of index 1 leads behind the push of the saved register

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	cmpl	$3, %edi
	ja	.Ldefault
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
	.long	.Ltwo-.Ltable
	.long	.Lzero-.Ltable
