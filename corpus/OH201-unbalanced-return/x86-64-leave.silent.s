// arch: x86-64
// rule: OH201
// expect: silent
// flags: -O0
// source: gcc-12 -O0
// why: leave sets SP from the frame pointer and pops it, whatever SP was

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
	subq	$32, %rsp
	movl	%edi, -20(%rbp)
	movl	-20(%rbp), %edi
	call	g
	addl	-20(%rbp), %eax
	leave
	.cfi_def_cfa	7, 8
	ret
	.cfi_endproc
	.size	f, .-f
