// arch: x86-64
// rule: OH206
// expect: OH206 f+0x17
// flags: clang-19 -O2 -fsplit-stack -mcmodel=large
// source: clang-19 -O2 -fsplit-stack -mcmodel=large, reduced
// why: a constant holds the address of a function that may count on an aligned stack

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	cmpq	%fs:112, %rsp
	ja	.Lenough
	movl	$8, %r10d
	movl	$0, %r11d
	callq	*.Laddress(%rip)
	retq
.Lenough:
	pushq	%rax
	.cfi_def_cfa_offset 16
	callq	g
	popq	%rcx
	.cfi_def_cfa_offset 8
	retq
	.cfi_endproc
	.size	f, .-f

	.section	.rodata
	.p2align	3
.Laddress:
	.quad	h		# planted: __morestack
