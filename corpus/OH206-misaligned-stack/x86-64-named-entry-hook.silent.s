// arch: x86-64
// rule: OH206
// expect: silent
// flags: gcc-12 -O2 -pg -mfentry -mfentry-name=hook
// source: by hand
// why: the hook by another name

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	call	hook
	subq	$8, %rsp
	.cfi_def_cfa_offset	16
	call	g
	addq	$8, %rsp
	.cfi_def_cfa_offset	8
	ret
	.cfi_endproc
	.size	f, .-f
