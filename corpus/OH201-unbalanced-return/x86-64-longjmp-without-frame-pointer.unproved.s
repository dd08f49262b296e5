// arch: x86-64
// rule: OH201
// expect: unproved indirect-jump f
// flags: -O2
// why: as __builtin_longjmp, but FP is left as it is: nothing is known to be wrong, and nothing is proved

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
	jmp	*%rax
	.cfi_endproc
	.size	f, .-f
