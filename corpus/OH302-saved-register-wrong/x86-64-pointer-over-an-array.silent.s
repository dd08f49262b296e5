// arch: x86-64
// rule: OH302
// expect: silent
// flags: -O2
// source: by hand, after a loop of libLLVM that clears an array
// why: in the first round the pointer is known, and the unrolled body, which is never entered for so short an array,
//   seems to reach the save slot

	.text
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset 16
	.cfi_offset %rbx, -16
	subq	$48, %rsp
	.cfi_def_cfa_offset 64
	movl	%edi, %ebx
	leaq	16(%rsp), %rax
	leaq	(%rax,%rdi,8), %rcx
	cmpq	%rcx, %rax
	je	.Ldone
.Lloop:
	movq	$0, (%rax)
	movq	$0, 32(%rax)
	addq	$64, %rax
	cmpq	%rcx, %rax
	jne	.Lloop
.Ldone:
	movq	%rsp, %rdi
	call	g
	addl	%ebx, %eax
	addq	$48, %rsp
	.cfi_def_cfa_offset 16
	popq	%rbx
	.cfi_def_cfa_offset 8
	ret
	.cfi_endproc
	.size	f, .-f
