// arch: x86-64
// rule: OH105
// expect: silent
// flags: -O2
// why: LOCK before an addition to memory is what it is for

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	lock
	addl	%esi, (%rdi)
	movl	(%rdi), %eax
	ret
	.cfi_endproc
	.size	f, .-f
