// arch: x86-64
// rule: OH301
// expect: OH301 f+0x24
// expect: advice OH103 f+0x1d
// flags: -O2 -mindirect-branch=thunk-inline
// source: gcc-12, shortened (docs/findings/009)
// why: inside the retpoline there is one more word on the stack, however large the frame is (GCC says 16 for all frames)

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset 16
	.cfi_offset 3, -16
	movl	%esi, %ebx
	cmpl	$2, %edi
	ja	9f
	leaq	.Ltable(%rip), %rdx
	movl	%edi, %edi
	movslq	(%rdx,%rdi,4), %rax
	addq	%rdx, %rax
	call	7f
8:	pause
	lfence
	jmp	8b
7:	.cfi_def_cfa_offset 16
	movq	%rax, (%rsp)
	ret
	.cfi_def_cfa_offset 16
1:
.Lcase1:	call	g
9:	popq	%rbx
	.cfi_remember_state
	.cfi_def_cfa_offset 8
	ret
.Lcase2:
	.cfi_restore_state
	call	h
	popq	%rbx
	.cfi_def_cfa_offset 8
	ret
	.cfi_endproc
	.size	f, .-f

	.section	.rodata
	.p2align	2
.Ltable:
	.long	.Lcase1-.Ltable
	.long	.Lcase2-.Ltable
	.long	.Lcase1-.Ltable
