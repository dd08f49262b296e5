// arch: x86-64
// rule: OH205
// expect: silent
// flags: -O2
// source: gcc-12 -O2
// why: both branches push their stack argument and take it back before they meet

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	subq	$8, %rsp
	.cfi_def_cfa_offset	16
	testl	%edi, %edi
	je	.L2
	subq	$8, %rsp
	.cfi_def_cfa_offset	24
	pushq	$1
	.cfi_def_cfa_offset	32
	call	g
	addq	$16, %rsp
	.cfi_def_cfa_offset	16
	jmp	.L3
.L2:
	call	h
.L3:
	addq	$8, %rsp
	.cfi_def_cfa_offset	8
	ret
	.cfi_endproc
	.size	f, .-f
