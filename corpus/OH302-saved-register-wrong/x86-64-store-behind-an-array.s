// arch: x86-64
// rule: OH302
// expect: OH202 f+0x3d
// expect: OH203 f+0x3d
// expect: OH302 f+0x22
// expect: OH303 f+0x22
// flags: -O2
// source: the twin of x86-64-unrolled-over-an-array.silent.s
// why: the array that begins at 8(%rsp) is not the one that the stores fill

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
	movb	%al, 8(%rsp,%rax)	# planted
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
