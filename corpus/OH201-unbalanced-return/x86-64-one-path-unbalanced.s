// arch: x86-64
// rule: OH201
// expect: OH201 f+0x13
// flags: -O2
// source: clang-19 -O2
// why: of two epilogues the early one keeps its frame

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rax
	.cfi_def_cfa_offset	16
	testl	%edi, %edi
	je	.LBB0_1
	callq	g
	popq	%rcx
	.cfi_def_cfa_offset	8
	retq
.LBB0_1:
	.cfi_def_cfa_offset	16
	xorl	%edi, %edi
	callq	h
	retq	# planted: popq %rcx stood before it
	.cfi_endproc
	.size	f, .-f
