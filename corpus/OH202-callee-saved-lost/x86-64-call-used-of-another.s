// arch: x86-64
// flags: gcc-12 -O2 -fcall-used-r12
// rule: OH202
// expect: OH202 f+0x6
// expect: OH302 f+0x2
// source: the twin of x86-64-call-used.silent.s
// why: the flag is for another register; rbx is the caller's still

	.text
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	movl	%edi, %ebx
	addl	%esi, %ebx
	movl	%ebx, %eax
	ret
	.cfi_endproc
	.size	f, .-f
