// arch: x86-64
// rule: OH202
// expect: silent
// flags: -O2
// why: a leaf saves rbx below SP: 128 bytes are its own (psABI 3.2.2)

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	movq	%rbx, -8(%rsp)
	.cfi_offset	3, -16
	movl	%edi, %ebx
	addl	%esi, %ebx
	leal	(%rbx,%rbx,2), %eax
	movq	-8(%rsp), %rbx
	.cfi_restore	3
	ret
	.cfi_endproc
	.size	f, .-f
