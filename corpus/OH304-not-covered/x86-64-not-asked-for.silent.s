// arch: x86-64
// rule: OH304
// expect: silent
// flags: -O2 -fno-asynchronous-unwind-tables
// source: gcc-12 -O2
// why: without unwind tables asked for, none are owed

	.text
	.globl	f
	.type	f, %function
f:
	pushq	%rbx
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
