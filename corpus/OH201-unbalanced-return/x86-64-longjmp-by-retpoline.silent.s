// arch: x86-64
// expect: silent
// flags: gcc-11 -Os -mindirect-branch=thunk
// why: the non-local goto of a nested function, whose jump goes through a thunk

	.text
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	pushq	%rbp
	.cfi_def_cfa_offset 16
	.cfi_offset 6, -16
	movq	%rsp, %rbp
	.cfi_def_cfa_register 6
	pushq	%rbx
	.cfi_offset 3, -24
	movq	%r10, %rbx
	pushq	%rax
	call	g@PLT
	movq	(%rbx), %rcx
	movq	8(%rbx), %rsp
	movq	16(%rbx), %rax
	movq	%rcx, %rbp
	jmp	__x86_indirect_thunk_rax
	.cfi_endproc
	.size	f, .-f
