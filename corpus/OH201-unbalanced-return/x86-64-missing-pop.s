// arch: x86-64
// rule: OH201
// expect: OH201 f+0x9
// flags: -O2
// source: clang-19 -O2
// why: the push that aligned the stack is never undone, so ret pops the wrong word (psABI 3.2.2); the unwind rows
//   tell the truth

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rax
	.cfi_def_cfa_offset	16
	callq	g
	leal	(%rax,%rax,2), %eax
	retq	# planted: popq %rcx stood before it
	.cfi_endproc
	.size	f, .-f
