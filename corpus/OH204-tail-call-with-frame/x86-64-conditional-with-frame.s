// arch: x86-64
// rule: OH204
// expect: OH204 f+0xa
// flags: -O2
// source: gcc-12 -O2
// why: the early-out branches to t before the frame is taken down

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	subq	$24, %rsp
	.cfi_def_cfa_offset	32
	movl	%edi, 12(%rsp)
	testl	%edi, %edi
	je	t	# planted: the frame of 24 bytes is still there
	call	g
	addl	12(%rsp), %eax
	addq	$24, %rsp
	.cfi_def_cfa_offset	8
	ret
	.cfi_endproc
	.size	f, .-f
