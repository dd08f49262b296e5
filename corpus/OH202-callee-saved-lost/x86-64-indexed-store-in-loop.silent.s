// arch: x86-64
// rule: OH202
// expect: silent
// flags: -O2
// source: clang-14 -O3, reduced: the unrolled body of a loop that clears an array of 32 bytes
// why: the index is 0 in the first round, but it is an index: the store stays within its array, and where that is too
//   small for the unrolled body, it is not entered

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
	cmpl	$8, %ebx
	jb	.Lrest
	movl	%ebx, %eax
	andl	$-8, %eax
	xorl	%ecx, %ecx
	pxor	%xmm0, %xmm0
.Lloop:
	movdqu	%xmm0, (%rsp,%rcx,8)
	movdqu	%xmm0, 16(%rsp,%rcx,8)
	movdqu	%xmm0, 32(%rsp,%rcx,8)
	movdqu	%xmm0, 48(%rsp,%rcx,8)
	addq	$8, %rcx
	cmpq	%rax, %rcx
	jne	.Lloop
.Lrest:
	movq	%rsp, %rdi
	call	g
	addl	%ebx, %eax
	addq	$32, %rsp
	.cfi_def_cfa_offset 16
	popq	%rbx
	.cfi_def_cfa_offset 8
	ret
	.cfi_endproc
	.size	f, .-f
