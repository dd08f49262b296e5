// arch: x86-64
// rule: OH301
// expect: silent
// flags: -Oz
// source: clang-19 -Oz
// why: the row follows every push and pop of the immediates (.cfi_adjust_cfa_offset)

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rbp
	.cfi_def_cfa_offset	16
	pushq	%rbx
	.cfi_def_cfa_offset	24
	pushq	%rax
	.cfi_def_cfa_offset	32
	.cfi_offset	%rbx, -24
	.cfi_offset	%rbp, -16
	movl	%edi, %ebx
	pushq	$1
	.cfi_adjust_cfa_offset	8
	popq	%rdi
	.cfi_adjust_cfa_offset	-8
	movl	%ebx, %esi
	callq	g
	movl	%eax, %ebp
	pushq	$2
	.cfi_adjust_cfa_offset	8
	popq	%rdi
	.cfi_adjust_cfa_offset	-8
	movl	%ebx, %esi
	callq	g
	addl	%ebp, %eax
	addq	$8, %rsp
	.cfi_def_cfa_offset	24
	popq	%rbx
	.cfi_def_cfa_offset	16
	popq	%rbp
	.cfi_def_cfa_offset	8
	retq
	.cfi_endproc
	.size	f, .-f
