// arch: x86-64
// rule: OH207
// expect: OH207 f+0xc
// flags: gcc-12 -O0
// source: gcc-12 -O0
// why: the frame's subq is missing: the call may overwrite the local below rsp (psABI 3.2.2)

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rbp
	.cfi_def_cfa_offset	16
	.cfi_offset	6, -16
	movq	%rsp, %rbp
	.cfi_def_cfa_register	6
	movl	%edi, -4(%rbp)	# planted: subq $16, %rsp stood before it
	call	g
	movl	-4(%rbp), %eax
	leave
	.cfi_def_cfa	7, 8
	ret
	.cfi_endproc
	.size	f, .-f
