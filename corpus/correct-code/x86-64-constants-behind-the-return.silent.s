// arch: x86-64
// source: the twin of x86-64-code-given-away.s
// expect: silent
// why: what stands behind the return is read through the address that was taken: constants, though they read as code

	.text
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	leaq	.Lconstants(%rip), %rdi
	movl	4(%rdi), %eax
	ret
.Lconstants:
	movl	%edi, %eax
	ret
	.zero	5, 0x90
	.cfi_endproc
	.size	f, .-f
