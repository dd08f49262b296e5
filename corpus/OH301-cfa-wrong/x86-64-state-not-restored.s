// arch: x86-64
// rule: OH301
// expect: OH301 f+0x12
// flags: -O2
// source: gcc-12 -O2
// why: behind the first epilogue the row still says rsp+8: .cfi_restore_state is missing

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	subq	$8, %rsp
	.cfi_def_cfa_offset	16
	call	g
	testl	%eax, %eax
	jg	.L6
	addq	$8, %rsp
	.cfi_def_cfa_offset	8
	ret
.L6:
	movl	%eax, %edi	# planted: the row of the epilogue is still in force
	call	g
	addq	$8, %rsp
	ret
	.cfi_endproc
	.size	f, .-f
