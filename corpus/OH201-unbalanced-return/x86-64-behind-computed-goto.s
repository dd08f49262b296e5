// arch: x86-64
// rule: OH201
// expect: suspect OH201 f+0x33
// expect: suspect OH202 f+0x33
// expect: unproved indirect-jump f
// flags: -O2
// why: behind a label that only a computed goto reaches the saved register is not popped; a jump that is none leaves it open

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
	ret
	.cfi_endproc
	.size	f, .-f
