// arch: x86-64
// rule: OH301
// expect: OH301 f+0x8
// flags: -O2
// source: clang-19 -O2, reduced (docs/findings/020)
// why: behind the push of an argument and in front of its row stands a reload

	.text
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset 16
	.cfi_offset %rbx, -16
	movl	%edi, %ebx
	subq	$8, %rsp
	.cfi_def_cfa_offset 24
	pushq	%rbx
	movl	%esi, %ebx		# planted by the register allocator
	.cfi_adjust_cfa_offset 8
	call	g
	addq	$16, %rsp
	.cfi_adjust_cfa_offset -16
	addl	%ebx, %eax
	popq	%rbx
	.cfi_def_cfa_offset 8
	ret
	.cfi_endproc
	.size	f, .-f
