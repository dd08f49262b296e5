// arch: x86-64
// rule: OH201
// expect: unproved call-convention inner
// flags: gcc-12 -O2 -mindirect-branch=thunk
// source: gcc-12 -O2 -mindirect-branch=thunk -fcf-protection=none, reduced
// why: the frame pointer is not the one that was kept for the label

	.text
	.globl	outer
	.type	outer, @function
outer:
	.cfi_startproc
	pushq	%rbp
	.cfi_def_cfa_offset 16
	.cfi_offset 6, -16
	movq	%rsp, %rbp
	.cfi_def_cfa_register 6
	call	g@PLT
	testl	%eax, %eax
	jne	.Llabel
	popq	%rbp
	.cfi_remember_state
	.cfi_def_cfa 7, 8
	ret
.Llabel:
	.cfi_restore_state
	popq	%rbp
	.cfi_def_cfa 7, 8
	ret
	.cfi_endproc
	.size	outer, .-outer

	.type	inner, @function
inner:
	.cfi_startproc
	pushq	%rbp
	.cfi_def_cfa_offset 16
	.cfi_offset 6, -16
	movq	%rsp, %rbp
	.cfi_def_cfa_register 6
	leaq	.Llabel(%rip), %rax
	movq	(%r10), %rdx
	movq	8(%r10), %rsp
	movq	%r10, %rbp	# planted: %rdx
	jmp	__x86_indirect_thunk_rax
	.cfi_endproc
	.size	inner, .-inner
