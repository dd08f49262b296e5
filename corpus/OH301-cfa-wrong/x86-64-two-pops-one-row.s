// arch: x86-64
// rule: OH301
// expect: OH301 f+0x1c
// flags: clang-19 -Oz
// source: clang-19 -Oz (docs/findings/043)
// why: two pops give up the arguments, and the row changes behind the second

	.text
	.globl	f
	.type	f,%function
f:
	.cfi_startproc
	pushq	%rax
	.cfi_def_cfa_offset 16
	pushq	$1
	.cfi_adjust_cfa_offset 8
	popq	%rsi
	.cfi_adjust_cfa_offset -8
	pushq	$2
	.cfi_adjust_cfa_offset 8
	popq	%rdx
	.cfi_adjust_cfa_offset -8
	pushq	$3
	.cfi_adjust_cfa_offset 8
	popq	%rcx
	.cfi_adjust_cfa_offset -8
	pushq	$4
	.cfi_adjust_cfa_offset 8
	popq	%r8
	.cfi_adjust_cfa_offset -8
	pushq	$5
	.cfi_adjust_cfa_offset 8
	popq	%r9
	.cfi_adjust_cfa_offset -8
	pushq	$7
	.cfi_adjust_cfa_offset 8
	pushq	$6
	.cfi_adjust_cfa_offset 8
	callq	h
	popq	%rcx
	popq	%rdx
	.cfi_adjust_cfa_offset -16
	incl	%eax
	popq	%rcx
	.cfi_def_cfa_offset 8
	retq
	.size	f, .-f
	.cfi_endproc
