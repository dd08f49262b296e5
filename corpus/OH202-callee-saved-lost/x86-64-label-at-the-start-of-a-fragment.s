// arch: x86-64
// rule: OH202
// expect: suspect OH302 f.__part.2+0x6
// expect: suspect OH202 f.__part.2+0x6
// expect: unproved indirect-jump f
// expect: unproved indirect-jump f.__part.1
// expect: unproved indirect-jump f.__part.2
// flags: clang-14 -O0 -fbasic-block-sections=all
// source: clang-14 -O0 -fbasic-block-sections=all (weave, seed 109), reduced
// why: behind the second of the labels rbx is not restored

	.section	.text.f,"ax",@progbits
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset 16
	.cfi_offset %rbx, -16
	movl	%edi, %ebx
	movq	(%rdx), %rax
	jmpq	*%rax
	.cfi_endproc
	.size	f, .-f

	.section	.text.f,"ax",@progbits,unique,1
f.__part.1:
	.cfi_startproc
	.cfi_def_cfa_offset 16
	.cfi_offset %rbx, -16
	callq	g
	popq	%rbx
	.cfi_def_cfa_offset 8
	.cfi_restore %rbx
	retq
	.cfi_endproc
	.size	f.__part.1, .-f.__part.1

	.section	.text.f,"ax",@progbits,unique,2
f.__part.2:
	.cfi_startproc
	.cfi_def_cfa_offset 16
	.cfi_offset %rbx, -16
	movl	%ebx, %eax
	addq	$8, %rsp	# planted: popq %rbx
	.cfi_def_cfa_offset 8
	.cfi_restore %rbx
	retq
	.cfi_endproc
	.size	f.__part.2, .-f.__part.2

	.section	.data.rel.ro,"aw",@progbits
	.p2align	3
.Llabels:
	.quad	f.__part.1
	.quad	f.__part.2
