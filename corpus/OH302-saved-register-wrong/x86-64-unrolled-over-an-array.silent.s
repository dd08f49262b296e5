// arch: x86-64
// rule: OH302
// expect: silent
// flags: -O2
// source: LLVM's X86FloatingPoint.cpp (setupBlockStack), clang 14 to 16 -O2, reduced
// why: char array[8] at 16(%rsp) is filled 16 elements at a time; the second time would be the save slot's, and never comes

	.text
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset 16
	.cfi_offset %rbx, -16
	subq	$32, %rsp
	.cfi_def_cfa_offset 48
	movl	%edi, %ebx
	xorl	%eax, %eax
	cmpl	$16, %ebx
	jb	.Lrest
	movl	%ebx, %eax
	andl	$-16, %eax
	movaps	%xmm0, 16(%rsp)
	cmpl	$16, %eax
	je	.Lrest
	movaps	%xmm1, 32(%rsp)
.Lrest:
	movb	%al, 16(%rsp,%rax)
	incq	%rax
	cmpq	%rax, %rbx
	jne	.Lrest
	leaq	16(%rsp), %rdi
	call	g
	addq	$32, %rsp
	.cfi_def_cfa_offset 16
	popq	%rbx
	.cfi_def_cfa_offset 8
	ret
	.cfi_endproc
	.size	f, .-f
