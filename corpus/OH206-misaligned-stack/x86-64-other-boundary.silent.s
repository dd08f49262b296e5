// arch: x86-64
// rule: OH206
// expect: silent
// flags: gcc-12 -O2 -mno-sse -mpreferred-stack-boundary=3
// source: by hand
// why: the kernel asks for 8 bytes

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	call	g
	incl	%eax
	ret
	.cfi_endproc
	.size	f, .-f
