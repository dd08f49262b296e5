// arch: x86-64
// rule: OH302
// expect: unproved noreturn-unknown f
// flags: -O2
// source: glibc's malloc_printerr() and __libc_message(), gcc-12 -O2, reduced
// why: message() aborts or returns, as its argument says; behind malloc_printerr(), which was inlined here, the program
//   says __builtin_unreachable(), so that what stands behind the call is another way's, on which %r12 is not saved yet

	.text
	.type	message, @function
message:
	.cfi_startproc
	testl	%edi, %edi
	jne	.Labort
	ret
.Labort:
	subq	$8, %rsp
	.cfi_def_cfa_offset 16
	call	abort
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
