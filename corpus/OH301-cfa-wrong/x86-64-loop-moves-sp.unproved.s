// arch: x86-64
// rule: OH301
// expect: unproved dynamic-stack f
// flags: -O2
// source: OpenSSL's sha512-x86_64.pl (AVX2), reduced
// why: what SP was at entry is kept before a loop moves SP down; how far, only the program knows, who then moves it back up

	.text
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	movq	%rsp, %rax
	.cfi_def_cfa_register %rax
	andq	$-1024, %rsp
	addq	$448, %rsp
	movq	%rax, 88(%rsp)
.Lround:
	leaq	-64(%rsp), %rsp
	decq	%rdi
	jne	.Lround
	leaq	448(%rsp), %rsp
	movq	88(%rsp), %rsi
	.cfi_def_cfa %rsi, 8
	leaq	(%rsi), %rsp
	.cfi_def_cfa_register %rsp
	ret
	.cfi_endproc
	.size	f, .-f
