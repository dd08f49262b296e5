// arch: x86-64
// rule: OH204
// expect: silent
// flags: -O2
// why: the pointer may be the label that f has stored before: a computed goto with the frame in place, where no rule is broken

	.text
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	subq	$8, %rsp
	.cfi_def_cfa_offset 16
	call	g@PLT
	testl	%eax, %eax
	je	.L2
	leaq	.L3(%rip), %rax
	movq	%rax, hook(%rip)
.L2:
	movq	hook(%rip), %rax
	jmp	*%rax
.L3:
	xorl	%eax, %eax
	addq	$8, %rsp
	.cfi_def_cfa_offset 8
	ret
	.cfi_endproc
	.size	f, .-f
