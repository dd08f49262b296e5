// arch: x86-64
// rule: OH207
// expect: silent
// flags: clang-19 -O2 -mspeculative-load-hardening
// source: clang-19 -O3 -mspeculative-load-hardening (weave, seed 11 of size small), reduced
// why: behind the second call, the place below SP has that call's own return address, and no more what was put there
//   for the first

	.text
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset 16
	.cfi_offset %rbx, -16
	movl	%edi, %ebx
	subq	$16, %rsp
	.cfi_adjust_cfa_offset 16
	movq	$7, 8(%rsp)
	movq	$8, (%rsp)
	callq	g
	addq	$16, %rsp
	.cfi_adjust_cfa_offset -16
	movl	%ebx, %edi
	callq	g
.Lbehind:
	movq	-8(%rsp), %rax
	leaq	.Lbehind(%rip), %rcx
	cmpq	%rcx, %rax
	setne	%al
	popq	%rbx
	.cfi_def_cfa_offset 8
	retq
	.cfi_endproc
	.size	f, .-f
