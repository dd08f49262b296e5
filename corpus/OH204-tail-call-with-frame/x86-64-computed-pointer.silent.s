// arch: x86-64
// rule: OH204
// expect: silent
// why: the pointer was computed (as the C library guards those that it keeps), so the jump might be a table's; but the
//      state is a tail call's, and there is no code that only the jump could lead to

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	movq	8(%rdi), %rax
	rorq	$17, %rax
	xorq	%fs:48, %rax
	je	.L2
	jmp	*%rax
.L2:
	xorl	%eax, %eax
	ret
	.cfi_endproc
	.size	f, .-f
