// arch: x86-64
// rule: OH302
// expect: OH202 f+0x3c
// expect: OH302 f+0x15
// flags: -O2
// source: the twin of x86-64-pointer-over-an-array.silent.s
// why: the pointer stays where it is

	.text
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset 16
	.cfi_offset %rbx, -16
	subq	$48, %rsp
	.cfi_def_cfa_offset 64
	movl	%edi, %ebx
	leaq	16(%rsp), %rax
	leaq	(%rax,%rdi,8), %rcx
	cmpq	%rcx, %rdx
	je	.Ldone
.Lloop:
	movq	$0, (%rax)
	movq	$0, 32(%rax)
	addq	$64, %rdx	# planted
	cmpq	%rcx, %rdx
	jne	.Lloop
.Ldone:
	movq	%rsp, %rdi
	call	g
	addl	%ebx, %eax
	addq	$48, %rsp
	.cfi_def_cfa_offset 16
	popq	%rbx
	.cfi_def_cfa_offset 8
	ret
	.cfi_endproc
	.size	f, .-f
