// arch: x86-64
// rule: OH201
// expect: silent
// flags: -O2
// why: the end of __builtin_eh_return: all is as at a return, but SP is as far from the caller's as the program says

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rbp
	.cfi_def_cfa_offset 16
	.cfi_offset 6, -16
	movq	%rsp, %rbp
	.cfi_def_cfa_register 6
	movq	%rsi, 8(%rbp,%rdi)
	leaq	8(%rbp,%rdi), %rcx
	movq	0(%rbp), %rbp
	.cfi_restore 6
	.cfi_def_cfa 2, 8
	movq	%rcx, %rsp
	.cfi_def_cfa 7, 8
	ret
	.cfi_endproc
	.size	f, .-f
