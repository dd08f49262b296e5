// arch: x86-64
// rule: OH301
// expect: OH201 f+0x22
// expect: OH301 f+0x1f
// expect: OH301 f+0x22
// flags: -O2
// source: the twin of x86-64-saved-sp-at-an-index.unproved.s
// why: what is kept at the index is an argument

	.text
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	movq	%rsp, %rax
	.cfi_def_cfa_register %rax
	negq	%rdi
	leaq	-16(%rsp,%rdi,8), %rsp
	negq	%rdi
	andq	$-1024, %rsp
	movq	%rdx, 8(%rsp,%rdi,8)	# planted
	movq	8(%rsp,%rdi,8), %rsi
	.cfi_def_cfa %rsi, 8
	leaq	(%rsi), %rsp
	.cfi_def_cfa_register %rsp
	ret
	.cfi_endproc
	.size	f, .-f
