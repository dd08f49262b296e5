// arch: x86-64
// rule: OH201
// expect: OH201 f+0x7
// flags: -O2
// why: a push in the place of the pop: what the return pops is the caller's rbx, which is no place to go to

	.text
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset 16
	.cfi_offset %rbx, -16
	callq	g
	pushq	%rbx			# planted: popq %rbx
	.cfi_def_cfa_offset 24
	ret
	.cfi_endproc
	.size	f, .-f
