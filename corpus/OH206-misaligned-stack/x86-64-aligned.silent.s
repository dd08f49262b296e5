// arch: x86-64
// rule: OH206
// expect: silent
// flags: gcc-12 -O2
// source: by hand
// why: the same call with its frame

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	subq	$8, %rsp
	.cfi_def_cfa_offset	16
	call	g
	addq	$8, %rsp
	.cfi_def_cfa_offset	8
	incl	%eax
	ret
	.cfi_endproc
	.size	f, .-f
