// arch: x86-64
// rule: OH101
// expect: suspect OH101 f+0xa
// expect: unproved unreachable-end f
// flags: -Os
// why: a jump to where the next function starts, with the frame in place and an argument computed in front of it: a call
//   that became a jump, or an argument of an assembly statement in front of an unreachable end

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset 16
	.cfi_offset 3, -16
	movl	%edi, %ebx
	call	h
	movl	%ebx, %edi
	jmp	1f
	.cfi_endproc
	.size	f, .-f
	.globl	g
	.type	g, %function
g:
1:
	.cfi_startproc
	leal	1(%rdi), %eax
	ret
	.cfi_endproc
	.size	g, .-g
