// arch: x86-64
// rule: OH101
// expect: suspect OH101 f+0xf
// expect: unproved unreachable-end f
// flags: -O2
// source: clang-19 -O1, reduced
// why: the default of the switch is __builtin_unreachable(): Clang emits no code behind the last comparison, and
//   nothing in the object says that it cannot be false

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	cmpl	$3, %edi
	je	.LBB0_1
	xorl	%ecx, %ecx
	jmp	.LBB0_2
.LBB0_1:
	movl	$7, %eax
	retq
.LBB0_2:
	movl	$1, (%rsi)
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
