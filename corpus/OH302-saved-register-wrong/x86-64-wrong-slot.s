// arch: x86-64
// rule: OH302
// expect: OH302 f+0x1
// flags: -O2
// source: gcc-12 -O2
// why: rbx lies at CFA-16; the row says CFA-24

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset	16
	.cfi_offset	3, -24	# planted: -16
	subq	$16, %rsp
	.cfi_def_cfa_offset	32
	movl	%edi, %ebx
	call	g
	addl	%ebx, %eax
	addq	$16, %rsp
	.cfi_def_cfa_offset	16
	popq	%rbx
	.cfi_def_cfa_offset	8
	ret
	.cfi_endproc
	.size	f, .-f
