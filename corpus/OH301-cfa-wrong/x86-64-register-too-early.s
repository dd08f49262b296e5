// arch: x86-64
// rule: OH301
// expect: OH301 f+0x1
// flags: -O2 -fno-omit-frame-pointer
// source: gcc-12 -O2 -fno-omit-frame-pointer
// why: the row switches to rbp before rbp is set up: for one instruction the CFA comes from the caller's rbp

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rbp
	.cfi_def_cfa_offset	16
	.cfi_offset	6, -16
	.cfi_def_cfa_register	6	# planted: belongs behind the movq
	movq	%rsp, %rbp
	subq	$16, %rsp
	movl	%edi, -4(%rbp)
	call	g
	addl	-4(%rbp), %eax
	leave
	.cfi_def_cfa	7, 8
	ret
	.cfi_endproc
	.size	f, .-f
