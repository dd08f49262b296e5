// arch: x86-64
// rule: OH204
// expect: silent
// flags: -Os
// why: a tail call of the function that starts right behind, which the assembler resolves; the frame is gone

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset 16
	.cfi_offset 3, -16
	movl	%edi, %ebx
	call	h
	movl	%ebx, %edi
	popq	%rbx
	.cfi_def_cfa_offset 8
	jmp	1f
	.cfi_endproc
	.size	f, .-f
	.globl	g
	.type	g, %function
g:
1:
	.cfi_startproc
	leal	1(%rdi), %eax
	ret
	.cfi_endproc
	.size	g, .-g
