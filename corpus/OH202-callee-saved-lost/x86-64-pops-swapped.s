// arch: x86-64
// rule: OH202
// expect: OH202 f+0x15
// expect: OH202 f+0x15
// flags: -O2
// source: gcc-12 -O2
// why: the two pops are in the wrong order: the caller gets rbx and rbp exchanged (psABI 3.2.1); the rows stay at the
//   slots and hold

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rbp
	.cfi_def_cfa_offset	16
	.cfi_offset	6, -16
	pushq	%rbx
	.cfi_def_cfa_offset	24
	.cfi_offset	3, -24
	subq	$8, %rsp
	.cfi_def_cfa_offset	32
	movl	%edi, %ebx
	call	g
	addl	%ebx, %eax
	addq	$8, %rsp
	.cfi_def_cfa_offset	24
	popq	%rbp	# planted: rbx's slot
	.cfi_def_cfa_offset	16
	popq	%rbx
	.cfi_def_cfa_offset	8
	ret
	.cfi_endproc
	.size	f, .-f
