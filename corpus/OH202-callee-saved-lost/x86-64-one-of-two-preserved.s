// arch: x86-64
// rule: OH202
// expect: OH302 f+0x11
// expect: OH202 f+0x1d
// flags: clang-19 -O2
// why: no convention preserves r12, as it does, and not rbx: it has forgotten to save that

	.text
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	pushq	%r12
	.cfi_def_cfa_offset 16
	.cfi_offset %r12, -16
	movl	%edi, %r12d
	movl	$1, %edi
	callq	g
	movl	%eax, %ebx
	movl	%r12d, %edi
	callq	g
	addl	%ebx, %eax
	popq	%r12
	.cfi_def_cfa_offset 8
	retq
	.size	f, .-f
	.cfi_endproc
