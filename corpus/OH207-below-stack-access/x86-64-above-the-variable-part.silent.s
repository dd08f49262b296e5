// arch: x86-64
// rule: OH207
// expect: silent
// flags: clang-19 -O2
// source: clang-19 -O2, reduced
// why: the same function with its frame

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
	subq	$16, %rsp
	subq	%rdi, %rsp
	movl	%esi, %eax
	movl	-4(%rbp), %ecx
	leave
	.cfi_def_cfa	%rsp, 8
	ret
	.cfi_endproc
	.size	f, .-f
