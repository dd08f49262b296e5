// arch: x86-64
// expect: silent
// flags: clang-16 -O1 -mcmodel=medium -fPIC
// source: clang-16 -O1 -mcmodel=medium -fPIC, shortened
// why: the label that the jump goes to was stored by an earlier call; its address is a distance from the global offset table

	.text
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset 16
	.cfi_offset %rbx, -16
	movl	%esi, %ebx
	movq	(%rdi), %rax
	testq	%rax, %rax
	je	.Lfirst
	jmpq	*%rax
.Lsecond:
	movq	$0, (%rdi)
	movl	%ebx, %edi
	callq	g@PLT
	addl	%ebx, %eax
	popq	%rbx
	.cfi_def_cfa_offset 8
	ret
.Lfirst:
	.cfi_def_cfa_offset 16
	leaq	_GLOBAL_OFFSET_TABLE_(%rip), %rax
	movabsq	$.Lsecond@GOTOFF, %rcx
	addq	%rax, %rcx
	movq	%rcx, (%rdi)
	xorl	%eax, %eax
	popq	%rbx
	.cfi_def_cfa_offset 8
	ret
	.cfi_endproc
	.size	f, .-f
