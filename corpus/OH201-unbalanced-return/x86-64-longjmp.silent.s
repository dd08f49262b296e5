// arch: x86-64
// expect: silent
// flags: -O2
// why: the end of __builtin_longjmp: SP and FP are loaded from the buffer, and who goes on there expects no register back

	.text
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	pushq	%rbp
	.cfi_def_cfa_offset 16
	.cfi_offset 6, -16
	movq	%rsp, %rbp
	.cfi_def_cfa_register 6
	pushq	%rbx
	.cfi_offset 3, -24
	movq	%rdi, %rbx
	movl	$1, %edi
	subq	$8, %rsp
	call	g@PLT
	movq	8(%rbx), %rax
	movq	(%rbx), %rdx
	movq	16(%rbx), %rsp
	movq	%rdx, %rbp
	jmp	*%rax
	.cfi_endproc
	.size	f, .-f
