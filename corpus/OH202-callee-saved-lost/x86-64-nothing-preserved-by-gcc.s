// arch: x86-64
// rule: OH202
// expect: OH302 f+0xd
// expect: OH202 f+0x18
// flags: gcc-12 -O2
// why: GCC 12 has no attribute that asks for this

	.text
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	pushq	%rax
	.cfi_def_cfa_offset 16
	movl	$1, %edi
	callq	g
	movl	%eax, %ebx
	movl	%r12d, %edi
	callq	g
	addl	%ebx, %eax
	popq	%rcx
	.cfi_def_cfa_offset 8
	retq
	.size	f, .-f
	.cfi_endproc
