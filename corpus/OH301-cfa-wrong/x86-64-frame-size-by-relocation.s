// arch: x86-64
// rule: OH301
// expect: OH301 f+0xc
// flags: -O2
// source: by hand, after the constants of clang-16 -mcmodel=medium (movabsq $sym@GOTOFF) that a run contradicted
// why: the zero in the instruction is filled in by the linker: SP moves, and the row does not say so

	.text
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	pushq	%rbp
	.cfi_def_cfa_offset 16
	.cfi_offset %rbp, -16
	movq	%rsp, %rbp
	movl	$size_of_frame, %eax	# planted
	subq	%rax, %rsp
	nop
	movq	%rbp, %rsp
	popq	%rbp
	.cfi_restore %rbp
	.cfi_def_cfa_offset 8
	ret
	.cfi_endproc
	.size	f, .-f
