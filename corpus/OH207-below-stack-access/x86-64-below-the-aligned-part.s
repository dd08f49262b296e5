// arch: x86-64
// rule: OH207
// expect: OH207 f+0x18
// flags: clang-16 -O1
// source: clang-16 -O1, reduced
// why: the place is below what is reserved: in the array of variable size, if SP was aligned already

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rbp
	.cfi_def_cfa_offset	16
	.cfi_offset	%rbp, -16
	movq	%rsp, %rbp
	.cfi_def_cfa_register	%rbp
	pushq	%rbx
	.cfi_offset	%rbx, -24
	andq	$-32, %rsp
	subq	$64, %rsp
	movl	%esi, -88(%rbp)
	subq	%rdi, %rsp
	call	g
	movl	-88(%rbp), %eax	# planted: -24 stood here and in the store
	leaq	-8(%rbp), %rsp
	popq	%rbx
	popq	%rbp
	.cfi_def_cfa	%rsp, 8
	ret
	.cfi_endproc
	.size	f, .-f
