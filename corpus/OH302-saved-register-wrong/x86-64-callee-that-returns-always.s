// arch: x86-64
// rule: OH302
// expect: OH302 f+0x22
// expect: OH202 f+0x3c
// flags: -O2
// source: the twin of x86-64-callee-that-returns-sometimes.unproved.s
// why: whatever message() is called with, it returns; so %r12 is not the caller's any more where it is saved again

	.text
	.type	message, @function
message:
	.cfi_startproc
	testl	%edi, %edi
	jne	.Labort
	ret
.Labort:
	movl	$1, %eax
	ret
	.cfi_endproc
	.size	message, .-message

	.type	tells, @function
tells:
	.cfi_startproc
	jmp	message
	.cfi_endproc
	.size	tells, .-tells

	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset 16
	.cfi_offset %rbx, -16
	subq	$16, %rsp
	.cfi_def_cfa_offset 32
	movl	%edi, %ebx
	cmpl	$7, %edi
	jg	.Lsave
	testl	%edi, %edi
	js	.Lout
	movq	%r12, 8(%rsp)
	.cfi_offset %r12, -24
	movq	%rsp, %r12
	movl	$1, %edi
	call	tells
	.cfi_restore %r12
.Lsave:
	movq	%r12, 8(%rsp)
	.cfi_offset %r12, -24
	movslq	%ebx, %r12
	call	g
	addq	%r12, %rax
	movq	8(%rsp), %r12
	.cfi_restore %r12
.Lout:
	addq	$16, %rsp
	.cfi_def_cfa_offset 16
	popq	%rbx
	.cfi_def_cfa_offset 8
	ret
	.cfi_endproc
	.size	f, .-f
