// arch: x86-64
// expect: silent
// flags: -O2 -mindirect-branch=thunk-extern
// why: a jump to the thunk of a register is a jump through it (GCC manual, -mindirect-branch=thunk-extern)

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
	jmp	__x86_indirect_thunk_rax
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
