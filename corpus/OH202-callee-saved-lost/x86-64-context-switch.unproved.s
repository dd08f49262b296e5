// arch: x86-64
// rule: OH202
// expect: unproved context-switch f
// why: SP and the callee-saved registers come from memory that the argument names: another stack goes on at the return

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	movq	(%rdi), %rsp
	movq	8(%rdi), %rbx
	movq	16(%rdi), %rbp
	movq	24(%rdi), %rcx
	pushq	%rcx
	ret
	.cfi_endproc
	.size	f, .-f
