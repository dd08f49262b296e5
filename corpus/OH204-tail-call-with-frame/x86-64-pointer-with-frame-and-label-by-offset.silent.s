// arch: x86-64
// rule: OH204
// expect: silent
// flags: -O1 -fPIC -mcmodel=medium
// source: clang-16 -O1 -fPIC -mcmodel=medium, corpus/programs/computed-goto.c
// why: the pointer may be the label that f has stored before, whose address it got from the global offset table's

	.text
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset 16
	.cfi_offset %rbx, -16
	movl	%esi, %ebx
	leaq	_GLOBAL_OFFSET_TABLE_(%rip), %rax
	movq	(%rdi), %rcx
	testq	%rcx, %rcx
	je	.L1
	jmpq	*%rcx
.Lsecond:
	movq	$0, (%rdi)
	movl	%ebx, %edi
	popq	%rbx
	.cfi_remember_state
	.cfi_def_cfa_offset 8
	jmp	g@PLT
.L1:
	.cfi_restore_state
	movabsq	$.Lsecond@GOTOFF, %rcx
	addq	%rax, %rcx
	movq	%rcx, (%rdi)
	movl	%ebx, %edi
	popq	%rbx
	.cfi_def_cfa_offset 8
	jmp	f@PLT
	.cfi_endproc
	.size	f, .-f
