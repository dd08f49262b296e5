// arch: x86-64
// rule: OH302
// expect: OH302 f+0x2
// expect: OH302 f+0x2
// flags: -O2
// source: gcc-12 -O2
// why: the rows of rbx and rbp name each other's slots

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rbp
	.cfi_def_cfa_offset	16
	pushq	%rbx
	.cfi_def_cfa_offset	24
	.cfi_offset	6, -24	# planted: -16
	.cfi_offset	3, -16	# planted: -24
	subq	$8, %rsp
	.cfi_def_cfa_offset	32
	movl	%edi, %ebx
	movl	%esi, %ebp
	call	g
	addl	%ebx, %eax
	addl	%ebp, %eax
	addq	$8, %rsp
	.cfi_def_cfa_offset	24
	popq	%rbx
	.cfi_restore	3
	.cfi_def_cfa_offset	16
	popq	%rbp
	.cfi_restore	6
	.cfi_def_cfa_offset	8
	ret
	.cfi_endproc
	.size	f, .-f
