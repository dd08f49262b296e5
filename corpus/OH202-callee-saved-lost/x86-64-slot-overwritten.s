// arch: x86-64
// rule: OH202
// expect: OH202 f+0x1b
// expect: OH302 f+0xb
// flags: -O2
// source: gcc-12 -O2
// why: a spill of r12d goes to the slot that holds the caller's rbx: pop restores the spilled value, and so does an
//   unwinder

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset	16
	.cfi_offset	3, -16
	subq	$16, %rsp
	.cfi_def_cfa_offset	32
	movl	%edi, %ebx
	movl	%esi, 16(%rsp)	# planted: the slot of rbx
	call	g
	addl	16(%rsp), %eax
	addl	%ebx, %eax
	addq	$16, %rsp
	.cfi_def_cfa_offset	16
	popq	%rbx
	.cfi_def_cfa_offset	8
	ret
	.cfi_endproc
	.size	f, .-f
