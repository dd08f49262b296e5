// arch: x86-64
// rule: OH301
// expect: OH301 f+0x4
// flags: -O2
// source: gcc-12 -O2
// why: the directive stands one instruction behind the subq that it describes

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	subq	$24, %rsp
	movl	%edi, 12(%rsp)
	.cfi_def_cfa_offset	32	# planted: belongs in front of the movl
	call	g
	addl	12(%rsp), %eax
	addq	$24, %rsp
	.cfi_def_cfa_offset	8
	ret
	.cfi_endproc
	.size	f, .-f
