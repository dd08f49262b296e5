// arch: x86-64
// rule: OH205
// expect: OH205 f+0x8
// expect: OH205 f+0x11
// flags: -O2
// source: gcc-12 -O2
// why: one branch moves SP and the other does not; behind the join neither the row nor the epilogue can be right for
//   both

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	testl	%edi, %edi
	je	.L2
	subq	$8, %rsp	# planted: only on this path
.L2:
	.cfi_def_cfa_offset	16
	call	g
	addq	$8, %rsp
	.cfi_def_cfa_offset	8
	ret
	.cfi_endproc
	.size	f, .-f
