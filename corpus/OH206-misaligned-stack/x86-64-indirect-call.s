// arch: x86-64
// rule: OH206
// expect: OH206 f+0x4
// flags: gcc-12 -O2
// source: by hand
// why: what a pointer leads to may need the alignment, too

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	subq	$16, %rsp	# planted: 16 for 8
	.cfi_def_cfa_offset	24
	call	*%rdi
	addq	$16, %rsp
	.cfi_def_cfa_offset	8
	ret
	.cfi_endproc
	.size	f, .-f
