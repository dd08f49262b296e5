// arch: x86-64
// rule: OH203
// expect: OH203 f+0x2
// expect: OH303 f+0x2
// flags: -O2
// why: the return address is popped, and another value is pushed for ret to take

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	popq	%rcx
	.cfi_def_cfa_offset	0
	.cfi_register	16, 2
	pushq	%rdi	# planted: not rcx
	.cfi_def_cfa_offset	8
	.cfi_offset	16, -8
	ret
	.cfi_endproc
	.size	f, .-f
