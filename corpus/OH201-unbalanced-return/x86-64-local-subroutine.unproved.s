// arch: x86-64
// rule: OH201
// expect: OH103 f+0xd
// expect: unproved call-convention f
// flags: -O2
// source: OpenSSL's aesni-x86_64.pl, reduced
// why: the piece behind .Lpiece is called from within its function and returns there, with rows of its own frame

	.text
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	subq	$8, %rsp
	.cfi_def_cfa_offset 16
	testl	%edi, %edi
	je	.Lout
	call	.Lpiece
	addl	$1, %eax
.Lout:
	addq	$8, %rsp
	.cfi_def_cfa_offset 8
	ret
.Lpiece:
	leal	1(%rdi), %eax
	ret
	.cfi_endproc
	.size	f, .-f
