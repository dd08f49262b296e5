// arch: x86-64
// rule: OH309
// expect: silent
// flags: -O2
// source: by hand
// why: the rule is taken back before the call

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	subq	$24, %rsp
	.cfi_def_cfa_offset	32
	movq	%rbx, (%rsp)
	.cfi_offset	%rbx, -32
	movl	%edi, %ebx
	call	g
	addl	%ebx, %eax
	movq	(%rsp), %rbx
	.cfi_restore	%rbx
	addq	$16, %rsp
	.cfi_def_cfa_offset	16
	call	g
	addq	$8, %rsp
	.cfi_def_cfa_offset	8
	ret
	.cfi_endproc
	.size	f, .-f
