// arch: x86-64
// expect: silent
// flags: clang-16 -O2 -mcmodel=large -fPIC
// source: clang-16 -O2 -mcmodel=large -fPIC, shortened
// why: behind the loop %r13 is the address of the global offset table on both ways: as it was computed, and as it was
//      read back from the stack; so the table is known, and the function that is called, which never returns

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%r14
	.cfi_def_cfa_offset 16
	.cfi_offset 14, -16
	pushq	%r13
	.cfi_def_cfa_offset 24
	.cfi_offset 13, -24
	pushq	%rax
	.cfi_def_cfa_offset 32
6:	leaq	6b(%rip), %rax
	movabsq	$_GLOBAL_OFFSET_TABLE_-6b, %r13
	addq	%rax, %r13
	movq	%r13, (%rsp)
	movl	%edi, %r14d
	testl	%esi, %esi
	je	.Lbehind
	movabsq	$g@GOT, %rax
	movq	(%r13,%rax), %r13
.Lloop:
	call	*%r13
	testl	%eax, %eax
	jne	.Lloop
	movq	(%rsp), %r13
.Lbehind:
	cmpl	$2, %r14d
	ja	.Labort
	movabsq	$.Ltable@GOTOFF, %rcx
	addq	%r13, %rcx
	movslq	(%rcx,%r14,4), %rax
	addq	%rcx, %rax
	jmp	*%rax
.Lone:
	movl	$1, %eax
	jmp	.Lout
.Ltwo:
	movl	$2, %eax
.Lout:
	addq	$8, %rsp
	.cfi_def_cfa_offset 24
	popq	%r13
	.cfi_def_cfa_offset 16
	popq	%r14
	.cfi_def_cfa_offset 8
	ret
.Labort:
	.cfi_def_cfa_offset 32
	movabsq	$abort@GOT, %rax
	call	*(%r13,%rax)
	.cfi_endproc
	.size	f, .-f

	.section	.rodata
	.p2align	2
.Ltable:
	.long	.Lone-.Ltable
	.long	.Ltwo-.Ltable
	.long	.Lone-.Ltable
