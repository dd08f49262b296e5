// arch: x86-64
// rule: OH101
// expect: suspect OH101 f+0x0
// expect: unproved unreachable-end f
// flags: gcc-12 -O2
// source: gcc-12 -O2
// why: the function consists of its result: an optimizing compiler that knew the end to be unreachable would not compute
//   it, unless an empty assembly statement asked for it

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	leal	1(%rdi,%rsi), %eax	# planted: no ret behind it
	.cfi_endproc
	.size	f, .-f
	.globl	g
	.type	g, %function
g:
	.cfi_startproc
	ret
	.cfi_endproc
	.size	g, .-g
