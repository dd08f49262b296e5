// arch: x86-64
// rule: OH203
// expect: OH203 f+0xf
// expect: OH303 f+0x9
// flags: -O2
// source: gcc-12 -O2
// why: a local of a 16-byte frame is written 16 bytes above SP: that is the return address

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	subq	$16, %rsp
	.cfi_def_cfa_offset	24
	movq	%rdi, 16(%rsp)	# planted: one slot too far
	xorl	%eax, %eax
	addq	$16, %rsp
	.cfi_def_cfa_offset	8
	ret
	.cfi_endproc
	.size	f, .-f
