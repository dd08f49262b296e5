// arch: x86-64
// rule: OH302
// expect: OH302 f+0x43
// flags: -O2
// source: gcc-12 -O2 (docs/findings/047)
// why: popq loads r13 with the CFA, and the row says that it is the caller's again

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%r13
	.cfi_def_cfa_offset 16
	.cfi_offset 13, -16
	leaq	16(%rsp), %r13
	.cfi_def_cfa 13, 0
	movb	$0, %spl
	pushq	-8(%r13)
	pushq	%rbp
	movq	%rsp, %rbp
	.cfi_escape 0x10,0x6,0x2,0x76,0
	pushq	%r13
	.cfi_escape 0xf,0x3,0x76,0x78,0x6
	pushq	%rbx
	.cfi_escape 0x10,0x3,0x2,0x76,0x70
	movl	%edi, %ebx
	subq	$480, %rsp
	movsd	d(%rip), %xmm0
	call	out
	leaq	-496(%rbp), %rdi
	call	use
	addq	$480, %rsp
	movl	%ebx, %edi
	popq	%rbx
	.cfi_restore 3
	popq	%r13
	.cfi_restore 13
	.cfi_def_cfa 13, 0
	popq	%rbp
	.cfi_restore 6
	leaq	-16(%r13), %rsp
	.cfi_def_cfa 7, 16
	popq	%r13
	.cfi_restore 13
	.cfi_def_cfa_offset 8
	jmp	g
	.cfi_endproc
	.size	f, .-f
	.globl	d
	.bss
	.align 8
	.type	d, @object
	.size	d, 8
d:
	.zero	8
