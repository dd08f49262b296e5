// arch: x86-64
// rule: OH304
// expect: OH304 f+0x0
// flags: -O2
// source: gcc-12 -O2
// why: the file has unwind tables for next and none for f

	.text
	.globl	f
	.type	f, %function
f:
	pushq	%rbx	# planted: .cfi_startproc is missing
	movl	%edi, %ebx
	call	g
	addl	%ebx, %eax
	popq	%rbx
	ret
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
