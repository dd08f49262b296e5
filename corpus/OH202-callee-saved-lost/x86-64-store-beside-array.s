// arch: x86-64
// rule: OH202
// expect: OH202 f+0x35
// expect: OH302 f+0x26
// flags: -O2
// source: the twin of x86-64-indexed-store-in-loop.silent.s
// why: behind the loop a store without an index goes to the slot that holds the caller's rbx

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
	movl	%ebx, %eax
	andl	$-8, %eax
	xorl	%ecx, %ecx
	pxor	%xmm0, %xmm0
.Lloop:
	movdqu	%xmm0, (%rsp,%rcx,8)
	addq	$2, %rcx
	cmpq	%rax, %rcx
	jne	.Lloop
	movdqu	%xmm0, 24(%rsp)	# planted: 16 bytes, of which 8 are the array's
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
