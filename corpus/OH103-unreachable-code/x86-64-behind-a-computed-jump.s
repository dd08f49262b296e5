// arch: x86-64
// rule: OH103
// expect: unproved indirect-jump f
// expect: OH103 f+0x18
// why: the pointer was computed, and behind the jump there is code that nothing else leads to: it may be the case of a
//      table that was not understood

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
	movl	$1, %eax
	ret
	.cfi_endproc
	.size	f, .-f
