// arch: x86-64
// link: ld.lld-19 -shared --strip-all -Ttext=0x10000
// expect: suspect OH201 f+0x1f
// expect: suspect OH202 f+0x1f
// expect: unproved indirect-jump f
// source: the twin of x86-64-stripped-table-before-unnamed-data.silent.s
// why: only the number behind the table leads to the return with rbx on the stack, if it is an entry

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset	16
	.cfi_offset	3, -16
	movl	%edi, %ebx
	leaq	.Ltable(%rip), %rdx
	movslq	(%rdx,%rdi,4), %rax
	addq	%rdx, %rax
	jmp	*%rax
.Lone:
	addl	$1, %ebx
.Ltwo:
	addl	$2, %ebx
.Lthree:
	movl	%ebx, %eax
	popq	%rbx
	.cfi_remember_state
	.cfi_def_cfa_offset	8
	ret
	.cfi_restore_state
.Lfour:
	movl	%ebx, %eax
	ret
	.cfi_endproc
	.size	f, .-f
	.section	.rodata
	.p2align	2
.Ltable:
	.long	.Lone-.Ltable
	.long	.Ltwo-.Ltable
	.long	.Lthree-.Ltable
	.long	.Lfour-.Ltable
	.long	0, 0, 0x1234
