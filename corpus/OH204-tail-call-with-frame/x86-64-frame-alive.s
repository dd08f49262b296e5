// arch: x86-64
// rule: OH204
// expect: OH204 f+0x8
// flags: -O2
// source: clang-19 -O2
// why: the tail call happens with the aligning push still on the stack: t returns to that word (psABI 3.2.2)

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rax
	.cfi_def_cfa_offset	16
	callq	g
	movl	%eax, %edi
	jmp	t	# planted: popq %rcx stood before it
	.cfi_endproc
	.size	f, .-f
