// arch: x86-64
// rule: OH309
// expect: silent
// flags: -O2
// source: by hand
// why: the rule is taken back before the call

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset	16
	.cfi_offset	%rbx, -16
	movl	%edi, %ebx
	call	g
	addl	%ebx, %eax
	popq	%rbx
	.cfi_restore	%rbx
	.cfi_def_cfa_offset	8
	call	g
	ret
	.cfi_endproc
	.size	f, .-f
