// arch: x86-64
// rule: OH101
// expect: suspect OH101 f+0x0
// expect: unproved unreachable-end f
// flags: gcc-12 -O0
// source: by hand
// why: a compiler that does not optimize computes what is of no use, too

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	leal	1(%rdi,%rsi), %eax
	.cfi_endproc
	.size	f, .-f
