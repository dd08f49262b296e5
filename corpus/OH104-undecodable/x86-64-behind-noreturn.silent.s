// arch: x86-64
// rule: OH104
// expect: silent
// flags: -O2
// why: bytes behind a call that never returns are not reached, whatever they are

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	subq	$8, %rsp
	.cfi_def_cfa_offset	16
	testl	%edi, %edi
	jne	.L2
	call	abort
	.byte	0x06, 0x0e
.L2:
	movl	$7, %eax
	addq	$8, %rsp
	.cfi_def_cfa_offset	8
	ret
	.cfi_endproc
	.size	f, .-f
