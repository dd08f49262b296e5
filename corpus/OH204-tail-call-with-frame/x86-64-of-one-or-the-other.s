// arch: x86-64
// rule: OH204
// expect: OH204 f+0x3d
// flags: clang-16 -O2 -mcmodel=large
// source: the twin of x86-64-tail-call-of-one-or-the-other.silent.s
// why: the frame is still there, and it is one function or the other that is gone to

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
	movq	(%rsp), %rbx	# planted
	jmpq	*%rax
	.cfi_endproc
	.size	f, .-f
