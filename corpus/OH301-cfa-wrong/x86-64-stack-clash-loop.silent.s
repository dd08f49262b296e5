// arch: x86-64
// rule: OH301
// expect: silent
// flags: -O2 -fstack-clash-protection
// source: gcc-12 -O2 -fstack-clash-protection
// why: in the probing loop SP is not known and the CFA comes from r11; behind it SP equals r11

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset	16
	.cfi_offset	3, -16
	leaq	-16384(%rsp), %r11
	.cfi_def_cfa	11, 16400
.LPSRL0:
	subq	$4096, %rsp
	orq	$0, (%rsp)
	cmpq	%r11, %rsp
	jne	.LPSRL0
	.cfi_def_cfa_register	7
	subq	$3616, %rsp
	.cfi_def_cfa_offset	20016
	movslq	%edi, %rbx
	movq	%rsp, %rdi
	call	g
	movsbl	(%rsp,%rbx), %eax
	addq	$20000, %rsp
	.cfi_def_cfa_offset	16
	popq	%rbx
	.cfi_def_cfa_offset	8
	ret
	.cfi_endproc
	.size	f, .-f
