// arch: x86-64
// rule: OH207
// expect: OH207 f+0x9
// flags: clang-19 -O2
// source: clang-19 -O2, reduced
// why: a local stands where the array of variable size begins, because nothing was reserved for it

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rbp
	.cfi_def_cfa_offset	16
	.cfi_offset	%rbp, -16
	movq	%rsp, %rbp
	.cfi_def_cfa_register	%rbp
	subq	%rdi, %rsp	# planted: subq $16, %rsp stood before it
	movl	%esi, %eax
	movl	-4(%rbp), %ecx
	leave
	.cfi_def_cfa	%rsp, 8
	ret
	.cfi_endproc
	.size	f, .-f
