// arch: x86-64
// rule: OH202
// expect: OH202 f+0x14
// flags: gcc-12 -O2 -fcall-used-rbx
// source: gcc-12 -O2 -fcall-used-rbx, reduced
// why: the flag says nothing of r12

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
	addq	$8, %rsp	# planted: popq %r12
	.cfi_def_cfa_offset 8
	ret
	.cfi_endproc
	.size	f, .-f
