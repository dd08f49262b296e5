// arch: x86-64
// rule: OH202
// expect: OH201 f+0x3d
// expect: OH202 f+0x3d
// expect: OH301 f+0x3d
// flags: -O2 -mcmodel=large -fPIC
// why: one case of a table of the large code model does not pop the saved register

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset 16
	.cfi_offset 3, -16
	movl	%esi, %ebx
6:	leaq	6b(%rip), %rcx
	movabsq	$_GLOBAL_OFFSET_TABLE_-6b, %rax
	addq	%rcx, %rax
	cmpl	$2, %edi
	ja	9f
	movl	%edi, %edi
	movabsq	$.Ltable@GOTOFF, %rcx
	addq	%rax, %rcx
	addq	(%rcx,%rdi,8), %rcx
	jmp	*%rcx
.Lcase1:
	call	g
9:	popq	%rbx
	.cfi_remember_state
	.cfi_def_cfa_offset 8
	ret
.Lcase2:
	.cfi_restore_state
	call	h
	.cfi_def_cfa_offset 8
	ret
	.cfi_endproc
	.size	f, .-f

	.section	.rodata
	.p2align	3
.Ltable:
	.quad	.Lcase1-.Ltable
	.quad	.Lcase2-.Ltable
	.quad	.Lcase1-.Ltable
