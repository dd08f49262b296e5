// arch: x86-64
// expect: unproved call-convention f
// source: the twin of x86-64-probe-keeps-the-size.silent.s
// why: what SP is lowered by is what probe has left in rax, which is not followed

	.text
	.type	probe, %function
probe:
	.cfi_startproc
	movq	%rax, %r11
	cmpq	$0x1000, %r11
	jbe	2f
1:
	subq	$0x1000, %r11
	cmpq	$0x1000, %r11
	ja	1b
2:
	leaq	(%rax,%rdi), %rax
	ret
	.cfi_endproc
	.size	probe, .-probe
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	movl	$0x3008, %eax
	call	probe
	subq	%rax, %rsp
	.cfi_def_cfa_offset	12304
	movq	%rsp, %rdi
	call	use
	addq	$0x3008, %rsp
	.cfi_def_cfa_offset	8
	ret
	.cfi_endproc
	.size	f, .-f
