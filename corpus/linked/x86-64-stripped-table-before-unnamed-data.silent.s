// arch: x86-64
// link: ld.lld-19 -shared --strip-all -Ttext=0x10000
// expect: silent
// source: rustc (librav1e): assembly without unwind entries is all that names what stands behind the table
// why: whether or not the number behind the table is an entry, the zeros are none, and whatever is jumped to finds its frame

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
	.cfi_endproc
	.size	f, .-f
	.section	.rodata
	.p2align	2
.Ltable:
	.long	.Lone-.Ltable
	.long	.Ltwo-.Ltable
	.long	.Lthree-.Ltable
	.long	.Ltwo-.Ltable
	.long	0, 0, 0x1234
