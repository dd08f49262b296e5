// arch: x86-64
// rule: OH303
// expect: OH303 f+0xc
// flags: -O2
// why: the row says that rcx holds the return address, and the call may change rcx

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	movq	(%rsp), %rcx
	pushq	%rax
	.cfi_def_cfa_offset	16
	.cfi_register	16, 2	# planted: true only until the call
	movl	%edi, %eax
	call	g
	popq	%rdx
	.cfi_def_cfa_offset	8
	.cfi_restore	16
	ret
	.cfi_endproc
	.size	f, .-f
