// arch: x86-64
// rule: OH201
// expect: OH201 f+0x15
// flags: -O2
// source: gcc-12 -O2
// why: 24 bytes are allocated and 16 given back; the unwind rows tell the truth

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	subq	$24, %rsp
	.cfi_def_cfa_offset	32
	movl	%edi, 12(%rsp)
	call	g
	addl	12(%rsp), %eax
	addq	$16, %rsp	# planted: not 24
	.cfi_def_cfa_offset	16
	ret
	.cfi_endproc
	.size	f, .-f
