// arch: x86-64
// rule: OH301
// expect: OH301 f+0x11
// flags: clang-19 -Oz -fno-omit-frame-pointer
// source: clang-19, reduced from Csmith seed 49: docs/findings/002
// c: int g(int);
// c: int f(int a) { if (a == 0) return 8; return g(a); }
// why: the push is not described because the function has a frame pointer, but on this path it is not set up yet

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	testl	%edi, %edi
	je	.Lconstant
	pushq	%rbp
	.cfi_def_cfa_offset 16
	.cfi_offset %rbp, -16
	movq	%rsp, %rbp
	.cfi_def_cfa_register %rbp
	callq	g
	popq	%rbp
	.cfi_def_cfa %rsp, 8
	.cfi_restore %rbp
	retq
.Lconstant:
	pushq	$8
	popq	%rax
	retq
	.cfi_endproc
	.size	f, .-f
