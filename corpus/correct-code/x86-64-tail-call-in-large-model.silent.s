// arch: x86-64
// expect: silent
// flags: clang-16 -O2 -mcmodel=large -fPIC
// source: clang-16 -O2 -mcmodel=large -fPIC, shortened
// why: the address of the first leaq is taken to find the global offset table, and is no label that a jump goes to

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset 16
	.cfi_offset 3, -16
	movl	%edi, %ebx
6:	leaq	6b(%rip), %rax
	movabsq	$_GLOBAL_OFFSET_TABLE_-6b, %rcx
	addq	%rax, %rcx
	movabsq	$hook@GOT, %rax
	movq	(%rcx,%rax), %rax
	movq	(%rax), %rax
	movl	%ebx, %edi
	popq	%rbx
	.cfi_def_cfa_offset 8
	jmp	*%rax
	.cfi_endproc
	.size	f, .-f
