// arch: x86-64
// link: ld.lld-19 -shared --strip-all -Ttext=0x10000
// expect: silent
// source: LLVM (WithColor::colorsEnabled), Mesa
// why: the file may be loaded anywhere, and the number in data that looks like an address in f is not relocated: the jump is no computed goto

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset	16
	.cfi_offset	3, -16
	movq	(%rdi), %rbx
	cmpb	$0, 8(%rdi)
	je	.Lone
	nop
	nop
.Lone:
	movq	(%rbx), %rax
	popq	%rbx
	.cfi_def_cfa_offset	8
	jmp	*(%rax)
	.cfi_endproc
	.size	f, .-f
	.p2align	4
	.type	leaf, %function
leaf:
	.cfi_startproc
	xorl	%eax, %eax
	ret
	.cfi_endproc
	.size	leaf, .-leaf
	.data
	.p2align	3
	.quad	leaf
	.quad	0x10003
