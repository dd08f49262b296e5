// arch: x86-64
// rule: OH301
// expect: silent
// flags: -O2 -fno-asynchronous-unwind-tables -funwind-tables
// source: gcc-12 -O2
// why: the tables promise to be right at calls only, and they are (GCC manual, -funwind-tables)

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	subq	$24, %rsp
	movl	%edi, 12(%rsp)
	.cfi_def_cfa_offset	32
	call	g
	addl	12(%rsp), %eax
	addq	$24, %rsp
	ret
	.cfi_endproc
	.size	f, .-f
