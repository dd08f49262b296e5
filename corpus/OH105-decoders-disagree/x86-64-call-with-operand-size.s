// arch: x86-64
// rule: OH105
// expect: OH105 f+0x4
// expect: unproved unmodelled-instruction f
// flags: -O2
// why: a call with an operand size prefix: Intel ignores it and reads four bytes of distance, AMD reads two

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	subq	$8, %rsp
	.cfi_def_cfa_offset	16
	.byte	0x66	# planted
	call	g
	addq	$8, %rsp
	.cfi_def_cfa_offset	8
	ret
	.cfi_endproc
	.size	f, .-f
