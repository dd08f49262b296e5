// arch: x86-64
// rule: OH101
// expect: OH101 f+0x26
// flags: -O2
// source: gcc-12 -O2
// why: of two epilogues the second, last in the section, lost its ret

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rbp
	.cfi_def_cfa_offset	16
	.cfi_offset	6, -16
	movl	%esi, %ebp
	pushq	%rbx
	.cfi_def_cfa_offset	24
	.cfi_offset	3, -24
	subq	$8, %rsp
	.cfi_def_cfa_offset	32
	call	g
	movl	%eax, %ebx
	cmpl	%ebp, %eax
	jg	.L6
	addq	$8, %rsp
	.cfi_remember_state
	.cfi_def_cfa_offset	24
	popq	%rbx
	.cfi_def_cfa_offset	16
	popq	%rbp
	.cfi_def_cfa_offset	8
	ret
.L6:
	.cfi_restore_state
	movl	%ebp, %edi
	call	h
	addq	$8, %rsp
	.cfi_def_cfa_offset	24
	popq	%rbx
	.cfi_def_cfa_offset	16
	popq	%rbp	# planted: no ret behind it
	.cfi_def_cfa_offset	8
	.cfi_endproc
	.size	f, .-f
