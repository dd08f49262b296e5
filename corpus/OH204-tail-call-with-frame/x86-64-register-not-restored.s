// arch: x86-64
// rule: OH204
// expect: OH202 f+0xf
// flags: -O2
// source: gcc-12 -O2
// why: SP is right at the tail call, and rbx was thrown away: the rule about callee-saved registers holds there too

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset	16
	.cfi_offset	3, -16
	movl	%edi, %ebx
	call	g
	leal	(%rbx,%rax), %edi
	addq	$8, %rsp	# planted: popq %rbx stood here
	.cfi_def_cfa_offset	8
	jmp	t
	.cfi_endproc
	.size	f, .-f
