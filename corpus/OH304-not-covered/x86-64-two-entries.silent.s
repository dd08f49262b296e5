// arch: x86-64
// rule: OH304
// expect: silent
// flags: -O2
// why: two entries, one behind the other, cover the function; the second begins with the row of its place

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
	.cfi_startproc
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
