// arch: x86-64
// rule: OH103
// expect: silent
// flags: -O2
// why: the no-ops that align a loop and the int3 or no-ops between functions are padding, not code

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	movl	$100, %eax
	jmp	.L2
	.p2align	4
.L3:
	subl	$1, %eax
	addl	%edi, %edi
.L2:
	testl	%eax, %eax
	jne	.L3
	ret
	int3
	int3
	.p2align	4
	.cfi_endproc
	.size	f, .-f
	.text
	.globl	next
	.type	next, %function
next:
	.cfi_startproc
	movl	$1, %eax
	ret
	.cfi_endproc
	.size	next, .-next
