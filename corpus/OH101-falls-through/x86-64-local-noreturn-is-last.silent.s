// arch: x86-64
// rule: OH101
// expect: silent
// flags: -O2
// source: clang-19 -O2
// why: die ends in _exit and so never returns; that its callers end in a call of it follows from its body

	.text
	.type	die, %function
die:
	.cfi_startproc
	pushq	%rax
	.cfi_def_cfa_offset	16
	callq	out
	movl	$1, %edi
	callq	_exit
	.cfi_endproc
	.size	die, .-die
	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	testq	%rdi, %rdi
	je	.LBB1_2
	movl	(%rdi), %eax
	retq
.LBB1_2:
	pushq	%rax
	.cfi_def_cfa_offset	16
	callq	die
	.cfi_endproc
	.size	f, .-f
	.text
	.globl	next
	.type	next, %function
next:
	.cfi_startproc
	movl	$1, %eax
	ret
	.cfi_endproc
	.size	next, .-next
