// arch: x86-64
// rule: OH102
// expect: OH102 f+0x6
// flags: -O2
// source: gcc-12 -O2
// why: the tail call goes past the entry of t, into its prologue

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	addl	%esi, %edi
	testl	%edi, %edi
	je	.L2
	jmp	t+1	# planted: not the entry
.L2:
	xorl	%eax, %eax
	ret
	.cfi_endproc
	.size	f, .-f
	.text
	.globl	t
	.type	t, %function
t:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset	16
	.cfi_offset	3, -16
	movl	%edi, %ebx
	call	g
	addl	%ebx, %eax
	popq	%rbx
	.cfi_def_cfa_offset	8
	ret
	.cfi_endproc
	.size	t, .-t
