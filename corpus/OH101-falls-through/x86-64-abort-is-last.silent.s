// arch: x86-64
// rule: OH101
// expect: silent
// flags: -O2
// source: clang-19 -O2
// why: abort never returns (C17 7.22.4.1): nothing has to follow its call, and the next function is not entered

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rax
	.cfi_def_cfa_offset	16
	testq	%rdi, %rdi
	je	.LBB0_3
	callq	g
	popq	%rcx
	.cfi_def_cfa_offset	8
	retq
.LBB0_3:
	.cfi_def_cfa_offset	16
	callq	abort
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
