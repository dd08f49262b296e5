// arch: x86-64
// rule: OH204
// expect: OH204 f+0x12
// flags: -O2
// source: gcc-12 -O2
// why: a tail call through a pointer that the program keeps, with the aligning push still there. The file names no place
//      inside of f, so that the pointer can only be a function's (psABI 3.2.2)

	.text
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	subq	$8, %rsp
	.cfi_def_cfa_offset 16
	call	g@PLT
	movl	%eax, %edi
	movq	hook(%rip), %rax
	jmp	*%rax	# planted: addq $8, %rsp stood before it
	.cfi_endproc
	.size	f, .-f
