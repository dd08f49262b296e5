// arch: x86-64
// rule: OH302
// expect: OH302 f+0x2d
// flags: clang-19 -O2 -mstackrealign
// source: clang-19 -O2 -mstackrealign, docs/findings/040
// why: on the path that jumps over the frame nothing is saved where the row at the return says that rbp is

	.text
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	movl	%edi, %eax
	movq	c@GOTPCREL(%rip), %rcx
	addl	(%rcx), %eax
	movl	%eax, (%rcx)
	testl	%esi, %esi
	je	.Lout
	pushq	%rbp
	.cfi_def_cfa_offset 16
	.cfi_offset %rbp, -16
	movq	%rsp, %rbp
	.cfi_def_cfa_register %rbp
	andq	$-16, %rsp
	leaq	.Ltext(%rip), %rdi
	movl	%eax, %esi
	xorl	%eax, %eax
	callq	out@PLT
	movq	%rbp, %rsp
	popq	%rbp
	.cfi_def_cfa %rsp, 8
.Lout:
	retq
	.cfi_endproc
	.size	f, .-f
	.section	.rodata
.Ltext:
	.asciz	"x"
