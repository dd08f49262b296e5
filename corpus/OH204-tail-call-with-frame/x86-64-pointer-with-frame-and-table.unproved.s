// arch: x86-64
// rule: OH204
// expect: suspect OH204 f+0x2f
// expect: unproved indirect-jump f
// flags: -O2 -fno-pic
// why: labels are kept in a table that the first jump goes through; a program may store one of them elsewhere, and the
//      second jump may be a computed goto, too

	.text
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	subq	$8, %rsp
	.cfi_def_cfa_offset 16
	call	g
	cmpl	$1, %eax
	ja	.L2
	movl	%eax, %eax
	jmp	*table(,%rax,8)
.L3:
	xorl	%eax, %eax
	addq	$8, %rsp
	.cfi_remember_state
	.cfi_def_cfa_offset 8
	ret
.L4:
	.cfi_restore_state
	movl	$1, %eax
	addq	$8, %rsp
	.cfi_remember_state
	.cfi_def_cfa_offset 8
	ret
.L2:
	.cfi_restore_state
	movq	hook(%rip), %rax
	jmp	*%rax
	.cfi_endproc
	.size	f, .-f

	.section	.rodata
	.align	8
table:
	.quad	.L3
	.quad	.L4
