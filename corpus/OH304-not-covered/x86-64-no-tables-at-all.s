// arch: x86-64
// rule: OH304
// expect: OH304 f+0x0
// flags: clang-19 -O2
// source: clang-19 -O2, all directives left out
// why: the flags promise tables, and the file has no unwind section at all

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
