// arch: x86-64
// rule: OH204
// expect: silent
// flags: -O2
// source: gcc-12 -O2
// why: an ordinary tail call: the epilogue, then jmp

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset	16
	.cfi_offset	3, -16
	movl	%edi, %ebx
	call	g
	leal	(%rbx,%rax), %edi
	popq	%rbx
	.cfi_def_cfa_offset	8
	jmp	t
	.cfi_endproc
	.size	f, .-f
