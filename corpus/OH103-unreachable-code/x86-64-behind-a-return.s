// arch: x86-64
// rule: OH103
// expect: OH103 f+0x3
// flags: -O2
// why: a second epilogue that no path takes

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	movl	%edi, %eax
	ret
	xorl	%eax, %eax	# planted: no way in
	ret
	.cfi_endproc
	.size	f, .-f
