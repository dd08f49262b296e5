// arch: x86-64
// rule: OH205
// expect: unproved noreturn-unknown f
// flags: -O2
// why: two calls of a function that nothing is known of; only if neither returns do the rows behind them hold

	.text
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	cmpl	$3, %edi
	je	.Lfirst
	cmpl	$4, %edi
	je	.La
	cmpl	$5, %edi
	je	.Lb
	leal	1(%rdi), %eax
	retq
.Lfirst:
	pushq	%rax
	.cfi_def_cfa_offset 16
	callq	fail
	.cfi_def_cfa_offset 8
.La:
	cmpl	$7, %esi
	je	.Lsecond
	leal	1(%rdi), %eax
	retq
.Lsecond:
	pushq	%rax
	.cfi_def_cfa_offset 16
	callq	fail
	.cfi_def_cfa_offset 8
.Lb:
	leal	1(%rdi), %eax
	retq
	.cfi_endproc
	.size	f, .-f
