// arch: x86-64
// rule: OH202
// expect: OH202 f+0x12
// flags: clang-19 -O2 -mlvi-cfi
// source: clang-19 -O2 -mlvi-cfi, with the row that it lacks
// why: the jump is a return, and rbx is not back

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset 16
	.cfi_offset %rbx, -16
	movl	%edi, %ebx
	callq	g
	addl	%ebx, %eax
	addq	$8, %rsp	# planted: popq %rbx stood here
	.cfi_def_cfa_offset 8
	popq	%rcx
	.cfi_def_cfa_offset 0
	lfence
	jmpq	*%rcx
	.cfi_endproc
	.size	f, .-f
