// arch: x86-64
// expect: unproved noreturn-unknown f
// why: fail() never returns, which nothing says; between its call and the block behind it there is padding

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	testq	%rdi, %rdi
	je	.L1
	pushq	%rbx
	.cfi_def_cfa_offset	16
	.cfi_offset	3, -16
	movl	(%rdi), %ebx
	testl	%ebx, %ebx
	je	.L2
	movl	%ebx, %edi
	call	g
	addl	%ebx, %eax
	.cfi_remember_state
	popq	%rbx
	.cfi_def_cfa_offset	8
	ret
.L2:
	.cfi_restore_state
	call	fail
	nop
.L1:
	.cfi_def_cfa_offset	8
	.cfi_restore	3
	xorl	%eax, %eax
	ret
	.cfi_endproc
	.size	f, .-f
