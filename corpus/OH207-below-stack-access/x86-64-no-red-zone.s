// arch: x86-64
// rule: OH207
// expect: OH207 f+0x7
// expect: advice OH309 f+0xb
// flags: gcc-12 -O0 -mno-red-zone
// source: gcc-12 -O0
// why: the same leaf where the compiler was told that there is no red zone

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
