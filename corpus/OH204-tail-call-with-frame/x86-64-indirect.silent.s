// arch: x86-64
// rule: OH204
// expect: silent
// flags: -O2
// source: gcc-12 -O2
// why: a call through a pointer in tail position, after the epilogue

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset	16
	.cfi_offset	3, -16
	movq	%rdi, %rbx
	call	g
	movq	8(%rbx), %rdx
	popq	%rbx
	.cfi_def_cfa_offset	8
	jmp	*%rdx
	.cfi_endproc
	.size	f, .-f
