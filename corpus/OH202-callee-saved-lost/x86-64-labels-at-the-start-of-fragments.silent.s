// arch: x86-64
// rule: OH202
// expect: silent
// flags: clang-14 -O0 -fbasic-block-sections=all
// source: clang-14 -O0 -fbasic-block-sections=all (weave, seed 109), reduced
// why: every block has a section and a name; the computed goto leads to two of them, whose addresses are in a table

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
	popq	%rbx
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
