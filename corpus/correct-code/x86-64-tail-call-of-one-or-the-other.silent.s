// arch: x86-64
// expect: silent
// flags: clang-16 -O2 -mcmodel=large
// source: clang-16 -O2 -mcmodel=large, shortened
// why: where two ways meet, one of two functions is called, and no label, though the function has one whose address is taken

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
	movabsq	$g, %rax
	jmp	.Lcall
.Lfirst:
	movabsq	$.Lsecond, %rax
	movq	%rax, (%rdi)
	movabsq	$h, %rax
.Lcall:
	movl	%ebx, %edi
	popq	%rbx
	.cfi_def_cfa_offset 8
	jmpq	*%rax
	.cfi_endproc
	.size	f, .-f
