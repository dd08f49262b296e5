// arch: x86-64
// rule: OH207
// expect: OH207 f+0x2
// flags: gcc-12 -O2
// source: gcc-12 -O2
// why: the twin of the barrier: what is added to is read, from where a signal handler may have written

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	movl	%esi, (%rdi)
	addl	$1, -132(%rsp)	# planted: below the red zone
	movl	4(%rdi), %eax
	ret
	.cfi_endproc
	.size	f, .-f
