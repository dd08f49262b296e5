// arch: x86-64
// rule: OH202
// expect: silent
// flags: gcc-12 -O2 -fcall-used-rbx
// source: gcc-12 -O2 -fcall-used-rbx, reduced
// why: the flag says that calls may change rbx

	.text
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	pushq	%r12
	.cfi_def_cfa_offset 16
	.cfi_offset 12, -16
	movl	%edi, %r12d
	call	g
	leal	(%rax,%r12), %ebx
	movl	%ebx, %eax
	popq	%r12
	.cfi_def_cfa_offset 8
	ret
	.cfi_endproc
	.size	f, .-f
