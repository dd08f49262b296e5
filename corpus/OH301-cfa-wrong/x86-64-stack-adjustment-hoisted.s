// arch: x86-64
// rule: OH301
// expect: OH301 f+0x24
// flags: -O2
// source: clang-19 -O2, as it is; docs/findings/018
// why: the adjustment that both ways out begin with was moved above the branch, its row was not

	.text
	.globl	f
	.type	f,@function
f:
	.cfi_startproc

	pushq	%r14
	.cfi_def_cfa_offset 16
	pushq	%rbx
	.cfi_def_cfa_offset 24
	pushq	%rax
	.cfi_def_cfa_offset 32
	.cfi_offset %rbx, -24
	.cfi_offset %r14, -16
	movq	%rsi, %rbx
	movq	%rdi, %r14
	movq	%rsi, %rdi
	callq	step@PLT
	movq	8(%r14), %rdi
	movq	(%rbx), %rax
	movq	%rax, 8(%r14)
	movq	%rax, (%r14)
	addq	$8, %rsp
	testq	%rdi, %rdi
	je	.LBB0_1

	.cfi_def_cfa_offset 24
	popq	%rbx
	.cfi_def_cfa_offset 16
	popq	%r14
	.cfi_def_cfa_offset 8
	jmp	release@PLT
.LBB0_1:
	.cfi_def_cfa_offset 32
	.cfi_def_cfa_offset 24
	popq	%rbx
	.cfi_def_cfa_offset 16
	popq	%r14
	.cfi_def_cfa_offset 8
	retq
.Lfunc_end0:
	.size	f, .Lfunc_end0-f
	.cfi_endproc

