// arch: x86-64
// rule: OH302
// expect: unproved noreturn-unknown f
// flags: -O2
// source: coreutils' basenc.c, gcc-12 -O2, reduced
// why: error() never returns where its first argument is not 0, which nothing says here; only if it did would r12 still
//   point to 8 bytes of the frame where the loop stores to what r12 points to on every other way

	.text
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	pushq	%r12
	.cfi_def_cfa_offset 16
	.cfi_offset %r12, -16
	pushq	%rbx
	.cfi_def_cfa_offset 24
	.cfi_offset %rbx, -24
	subq	$24, %rsp
	.cfi_def_cfa_offset 48
	movl	%edi, %ebx
	leaq	8(%rsp), %r12
	movq	%r12, %rdi
	call	g
	testl	%eax, %eax
	jne	.Lset
	movl	$1, %edi
	call	error
.Lloop:
	movq	%rbx, 16(%r12)
	call	g
	testl	%eax, %eax
	jne	.Lset
	addq	$24, %rsp
	.cfi_remember_state
	.cfi_def_cfa_offset 24
	popq	%rbx
	.cfi_def_cfa_offset 16
	popq	%r12
	.cfi_def_cfa_offset 8
	ret
.Lset:
	.cfi_restore_state
	movq	stream(%rip), %r12
	jmp	.Lloop
	.cfi_endproc
	.size	f, .-f
