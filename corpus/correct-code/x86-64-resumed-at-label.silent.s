// arch: x86-64
// expect: silent
// flags: -O2
// why: a goto through a pointer that was kept: every label whose address is taken is a target, as the compiler itself has it

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset 16
	.cfi_offset 3, -16
	movl	%esi, %ebx
	movq	(%rdi), %rdx
	testq	%rdx, %rdx
	je	1f
	jmp	*%rdx
1:	leaq	.Lsecond(%rip), %rcx
	movq	%rcx, (%rdi)
	movl	%ebx, %edi
	call	g
	addl	$1, %eax
	popq	%rbx
	.cfi_remember_state
	.cfi_def_cfa_offset 8
	ret
.Lsecond:
	.cfi_restore_state
	movq	$0, (%rdi)
	movl	%ebx, %edi
	call	g
	addl	%ebx, %eax
	popq	%rbx
	.cfi_def_cfa_offset 8
	ret
	.cfi_endproc
	.size	f, .-f
