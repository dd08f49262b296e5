// arch: x86-64
// rule: OH202
// expect: suspect OH202 f+0x42
// expect: suspect OH302 f+0x32
// expect: unproved indirect-jump f
// flags: -O2 -fno-pic
// source: as x86-64-labels-stored-as-constants
// why: behind the label that is stored second, r12 is overwritten; in machine code the jump may also be a call

	.text
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset 16
	.cfi_offset 3, -16
	movl	%edi, %ebx
	subq	$16, %rsp
	.cfi_def_cfa_offset 32
	andl	$4, %edi
	movq	$.L2, 8(%rsp)
	je	.L3
	movq	$.L4, 8(%rsp)
.L3:
	movl	%ebx, %edi
	call	g
	leal	(%rbx,%rax), %edi
	jmp	*8(%rsp)
.L4:
	movl	$7, %r12d	# planted
	addl	$2, %edi
	call	g
	addq	$16, %rsp
	.cfi_remember_state
	.cfi_def_cfa_offset 16
	leal	(%rax,%rax,2), %eax
	popq	%rbx
	.cfi_def_cfa_offset 8
	ret
.L2:
	.cfi_restore_state
	call	g
	addq	$16, %rsp
	.cfi_def_cfa_offset 16
	addl	$1, %eax
	popq	%rbx
	.cfi_def_cfa_offset 8
	ret
	.cfi_endproc
	.size	f, .-f
