// arch: x86-64
// rule: OH104
// expect: OH104 f+0x6
// flags: -O2
// why: the call at the end of the section has two of its five bytes

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	subq	$8, %rsp
	.cfi_def_cfa_offset	16
	xorl	%edi, %edi
	.byte	0xe8, 0x00	# planted: a call without its last three bytes
	.cfi_endproc
	.size	f, .-f
