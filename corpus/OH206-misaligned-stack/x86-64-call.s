// arch: x86-64
// rule: OH206
// expect: OH206 f+0x0
// flags: gcc-12 -O2
// source: gcc-12 -O2
// why: 8 bytes are missing in front of the call, which g may need to save vectors (psABI 3.2.2)

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	call	g	# planted: subq $8, %rsp stood before it
	incl	%eax
	ret
	.cfi_endproc
	.size	f, .-f
