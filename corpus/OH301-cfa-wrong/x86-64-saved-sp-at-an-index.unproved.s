// arch: x86-64
// rule: OH301
// expect: unproved dynamic-stack f
// flags: -O2
// source: OpenSSL's x86_64-mont.pl, reduced
// why: what SP was at entry is kept above an array whose length is not known, and read from there with an index

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
	movq	%rax, 8(%rsp,%rdi,8)
	movq	8(%rsp,%rdi,8), %rsi
	.cfi_def_cfa %rsi, 8
	leaq	(%rsi), %rsp
	.cfi_def_cfa_register %rsp
	ret
	.cfi_endproc
	.size	f, .-f
