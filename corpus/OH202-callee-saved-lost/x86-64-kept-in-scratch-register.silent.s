// arch: x86-64
// rule: OH202
// expect: silent
// flags: -O2
// why: a leaf keeps the caller's rbx in r8 and moves it back; the rows follow

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	movq	%rbx, %r8
	.cfi_register	3, 8
	movl	%edi, %ebx
	addl	%esi, %ebx
	leal	(%rbx,%rbx,2), %eax
	movq	%r8, %rbx
	.cfi_restore	3
	ret
	.cfi_endproc
	.size	f, .-f
