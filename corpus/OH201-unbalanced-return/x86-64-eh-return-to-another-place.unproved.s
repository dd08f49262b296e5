// arch: x86-64
// rule: OH201
// expect: unproved nonstandard-frame f
// flags: -O2
// why: SP becomes a value that is no distance from the frame: nothing is known to be wrong, and nothing is proved

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
	leaq	16(%rbp,%rdi), %rcx
	movq	0(%rbp), %rbp
	.cfi_restore 6
	.cfi_def_cfa 2, 8
	movq	%rcx, %rsp
	.cfi_def_cfa 7, 8
	ret
	.cfi_endproc
	.size	f, .-f
