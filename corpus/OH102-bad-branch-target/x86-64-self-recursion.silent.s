// arch: x86-64
// rule: OH102
// expect: silent
// flags: -O2
// why: a tail call of the function itself jumps to its own entry, with the frame gone

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	testl	%edi, %edi
	je	.L2
	pushq	%rbx
	.cfi_def_cfa_offset	16
	.cfi_offset	3, -16
	movl	%edi, %ebx
	call	g
	leal	-1(%rbx), %edi
	popq	%rbx
	.cfi_restore	3
	.cfi_def_cfa_offset	8
	jmp	f
.L2:
	xorl	%eax, %eax
	ret
	.cfi_endproc
	.size	f, .-f
