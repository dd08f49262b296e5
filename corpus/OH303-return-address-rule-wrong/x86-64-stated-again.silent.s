// arch: x86-64
// rule: OH303
// expect: silent
// flags: -O2
// why: the rule that the CIE gives already is said once more in the row

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	.cfi_offset	16, -8
	subq	$8, %rsp
	.cfi_def_cfa_offset	16
	call	g
	addq	$8, %rsp
	.cfi_def_cfa_offset	8
	ret
	.cfi_endproc
	.size	f, .-f
