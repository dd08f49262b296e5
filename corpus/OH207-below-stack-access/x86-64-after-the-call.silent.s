// arch: x86-64
// rule: OH207
// expect: silent
// flags: gcc-12 -O2
// source: by hand
// why: stored above rsp before the call, read from the red zone after it: the call left it alone

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	subq	$24, %rsp
	.cfi_def_cfa_offset	32
	movl	%edi, 8(%rsp)
	call	g
	addq	$24, %rsp
	.cfi_def_cfa_offset	8
	movl	-16(%rsp), %eax
	ret
	.cfi_endproc
	.size	f, .-f
