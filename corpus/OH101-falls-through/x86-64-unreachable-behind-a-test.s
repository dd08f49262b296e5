// arch: x86-64
// rule: OH101
// expect: suspect OH101 f+0x0
// expect: unproved unreachable-end f
// flags: clang-19 -O2
// source: by hand
// why: a difference whose flags were for a branch, which a late pass removed because neither way was reached

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	subl	$5, %edi
	.cfi_endproc
	.size	f, .-f
