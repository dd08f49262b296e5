// arch: x86-64
// rule: OH201
// expect: silent
// flags: -O2
// why: the frame is given back in two steps, with the row following each

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	subq	$4120, %rsp
	.cfi_def_cfa_offset	4128
	movq	%rsp, %rdi
	call	g
	addq	$4096, %rsp
	.cfi_def_cfa_offset	32
	movl	(%rsp), %eax
	addq	$24, %rsp
	.cfi_def_cfa_offset	8
	ret
	.cfi_endproc
	.size	f, .-f
