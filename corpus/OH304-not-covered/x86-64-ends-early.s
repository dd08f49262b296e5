// arch: x86-64
// rule: OH304
// expect: OH304 f+0xd
// flags: -O2
// source: gcc-12 -O2
// why: .cfi_endproc stands before the second half of the function

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	subq	$8, %rsp
	.cfi_def_cfa_offset	16
	testl	%edi, %edi
	je	.L2
	call	g
	.cfi_endproc
	jmp	.L3	# planted: not covered from here
.L2:
	call	h
.L3:
	addq	$8, %rsp
	ret
	.size	f, .-f
