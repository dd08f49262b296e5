// arch: x86-64
// rule: OH302
// expect: silent
// flags: -O2
// source: gcc-12 -O2
// why: both epilogues pop and go on without .cfi_restore: the slots below SP still hold the values (red zone, psABI
//   3.2.2)

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%r12
	.cfi_def_cfa_offset	16
	.cfi_offset	12, -16
	movl	%edi, %r12d
	pushq	%rbp
	.cfi_def_cfa_offset	24
	.cfi_offset	6, -24
	movl	%esi, %ebp
	pushq	%rbx
	.cfi_def_cfa_offset	32
	.cfi_offset	3, -32
	call	g
	movl	%eax, %ebx
	cmpl	%ebp, %eax
	jg	.L6
	movl	%r12d, %edi
	call	h
	cmpl	$7, %ebx
	cmove	%ebp, %ebx
	movl	%ebx, %eax
	popq	%rbx
	.cfi_remember_state
	.cfi_def_cfa_offset	24
	popq	%rbp
	.cfi_def_cfa_offset	16
	popq	%r12
	.cfi_def_cfa_offset	8
	ret
.L6:
	.cfi_restore_state
	movl	%ebp, %edi
	call	h
	movl	%ebx, %edi
	call	g
	leal	(%rax,%rbp), %ebx
	movl	%ebx, %eax
	popq	%rbx
	.cfi_def_cfa_offset	24
	popq	%rbp
	.cfi_def_cfa_offset	16
	popq	%r12
	.cfi_def_cfa_offset	8
	ret
	.cfi_endproc
	.size	f, .-f
