// arch: x86-64
// rule: OH207
// expect: silent
// flags: gcc-12 -O0
// source: gcc-12 -O0
// why: a leaf keeps its locals in the red zone

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rbp
	.cfi_def_cfa_offset	16
	.cfi_offset	6, -16
	movq	%rsp, %rbp
	.cfi_def_cfa_register	6
	movl	%edi, -4(%rbp)
	movl	-4(%rbp), %eax
	popq	%rbp
	.cfi_def_cfa	7, 8
	ret
	.cfi_endproc
	.size	f, .-f
