// arch: x86-64
// rule: OH101
// expect: OH101 f+0xa
// flags: -O2
// source: gcc-12 -O2
// why: the epilogue restores rbx and SP, then runs into the next function: its ret was dropped

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset	16
	.cfi_offset	3, -16
	movl	%edi, %ebx
	call	g
	addl	%ebx, %eax
	popq	%rbx	# planted: no ret behind it
	.cfi_def_cfa_offset	8
	.cfi_endproc
	.size	f, .-f
	.text
	.globl	next
	.type	next, %function
next:
	.cfi_startproc
	movl	$1, %eax
	ret
	.cfi_endproc
	.size	next, .-next
